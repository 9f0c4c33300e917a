#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::test {

/// A program that ran to its end, and what it took.
struct MeasuredRun {
    int exit_code = 0;
    std::string output;  ///< both streams
    std::chrono::milliseconds cpu_time{};
    std::uint64_t peak_bytes = 0;  ///< resident
};

/// Runs a program under GNU time, a parent that is small: a child begins with its parent's peak.
/// Throws std::runtime_error when either cannot be started.
MeasuredRun run_measured(
    const std::filesystem::path& program, const std::vector<std::string>& arguments
);

/// True in builds whose use of time and memory is that of the program users get: optimised, and
/// without sanitizers.
bool measures_count() noexcept;

}  // namespace sfmkit::test
