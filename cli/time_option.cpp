#include "cli/time_option.hpp"

#include "mockserver/limits.hpp"

namespace sfmkit::cli {

platform::Result<platform::Duration> read_time_option(
    const std::string& option, const std::string& text, const std::string& example
) {
    if (const auto time = mockserver::parse_time(text)) return *time;
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the option " + option + " is not a time",
        .where = option + " " + text,
        .expected = "a number with h, m, s or ms, or 0",
        .actual = text,
        .next = example,
    });
}

}  // namespace sfmkit::cli
