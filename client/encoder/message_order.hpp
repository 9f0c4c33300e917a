#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::client {

/// The message files that a patient document names (`Meldinger/Melding/MeldingsFil`), in the order
/// of the document. None for what is no such XML or larger than 64 MiB: whether a document is good
/// is not judged here.
platform::Result<std::vector<std::string>> message_order(
    platform::Files& files, const std::filesystem::path& patient_document
);

}  // namespace sfmkit::client
