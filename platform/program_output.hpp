#pragma once

#include "platform/clock.hpp"
#include "platform/result.hpp"

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::platform {

/// What one run of a program may take.
struct ProgramLimits {
    Duration time{60'000};
    std::size_t output_bytes = 65536;
};

/// Runs a program and gives what it wrote to its output stream, once it has ended with 0. Its error
/// stream is ours. Other coroutines of the executor go on meanwhile. Errc::timeout and Errc::limit
/// when it takes too much (it is killed then), Errc::refused when it ended with another code.
boost::asio::awaitable<Result<std::string>> output_of_program(
    Clock& clock,
    std::filesystem::path program,
    std::vector<std::string> arguments,
    ProgramLimits limits
);

}  // namespace sfmkit::platform
