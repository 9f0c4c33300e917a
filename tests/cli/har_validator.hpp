#pragma once

#include <filesystem>

namespace sfmkit::test {

/// The script beside npm har-validator, installed once for this build; empty when npm cannot. It
/// prints what it saw in a file as JSON.
std::filesystem::path har_validator();

}  // namespace sfmkit::test
