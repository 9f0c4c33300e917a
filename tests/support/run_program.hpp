#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::test {

struct ProgramRun {
    int exit_code = 0;
    std::string output;  ///< both streams, in the order written
};

/// Runs a program to its end and gives what it printed. A plain name is looked up on PATH. Throws
/// std::runtime_error when it cannot be started or does not end in time; it is killed then.
ProgramRun run_program(
    const std::filesystem::path& program,
    const std::vector<std::string>& arguments,
    std::chrono::seconds limit = std::chrono::seconds(120)
);

}  // namespace sfmkit::test
