#pragma once

#include <filesystem>
#include <string>

namespace sfmkit::test {

/// A folder with tus-js-client, installed once for this build, and this script of
/// tests/interop/node; empty when npm cannot install it. Each script has a folder of its own, so
/// that tests side by side do not meet.
std::filesystem::path tus_js_client(const std::string& script);

}  // namespace sfmkit::test
