#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

namespace sfmkit::test {

/// The folder of official documents and recordings: SFMKIT_REFERENCE, else ../shared/reference
/// beside the checkout. Nothing when it is not there.
std::optional<std::filesystem::path> reference_folder();

/// A file below that folder, if it is there.
std::optional<std::filesystem::path> reference_file(const std::string& relative);

/// True under CI=true: what a test needs must be there then, and skipping is a failure.
bool nothing_may_be_missing();

/// The root of the checkout, and the build folder with the programs.
std::filesystem::path source_folder();
std::filesystem::path build_folder();

/// The first program of that name on PATH.
std::optional<std::filesystem::path> find_program(const std::string& name);

}  // namespace sfmkit::test

/// Ends the test as skipped with the reason; as failed where nothing may be missing.
#define SFM_SKIP_OR_FAIL(reason)                                                            \
    do {                                                                                    \
        if (::sfmkit::test::nothing_may_be_missing()) FAIL() << "needed in CI: " << reason; \
        GTEST_SKIP() << reason;                                                             \
    } while (false)
