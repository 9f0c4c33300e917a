#pragma once

#include <filesystem>
#include <string>

namespace sfmkit::test {

/// A script of tests/interop/<folder> beside the npm packages that it uses, installed once for this
/// build, for each script in a folder of its own, so that tests side by side do not meet; empty
/// when npm cannot. package: one of them, by which an installation is known.
std::filesystem::path npm_program(
    const std::string& folder, const std::string& package, const std::string& script
);

}  // namespace sfmkit::test
