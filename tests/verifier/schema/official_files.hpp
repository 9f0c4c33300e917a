#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sfmkit::test {

/// The schema that NHN published on 2024-05-27, where the reference folder is there.
std::optional<std::string> official_schema();

/// One entry of an official plain zip; nothing when the archive or the entry is missing.
std::optional<std::string> official_document(const std::string& archive, const std::string& entry);

}  // namespace sfmkit::test
