#pragma once

#include "platform/clock.hpp"
#include "platform/result.hpp"

#include <string>

namespace sfmkit::cli {

/// A time of the command line, such as `5h` or `0`. Errc::usage names the option; example: the
/// command that would be right, e.g. `sfmkit serve --expire 5h`.
platform::Result<platform::Duration> read_time_option(
    const std::string& option, const std::string& text, const std::string& example
);

}  // namespace sfmkit::cli
