#pragma once

#include <filesystem>

namespace sfmkit::platform {

/// Whether the path is the place itself or lies somewhere below it, links followed. What is not
/// there yet is compared by its name.
bool is_at_or_below(const std::filesystem::path& path, const std::filesystem::path& place);

}  // namespace sfmkit::platform
