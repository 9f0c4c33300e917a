#include "cli/screen_width.hpp"

#include "findings/screen.hpp"
#include "platform/terminal.hpp"

#include <algorithm>

namespace sfmkit::cli {

std::size_t screen_width() {
    constexpr std::size_t narrowest = 60;
    constexpr std::size_t widest = 120;
    const auto columns = platform::columns_of_terminal(platform::Stream::output);
    return std::clamp(columns.value_or(findings::screen_columns), narrowest, widest);
}

}  // namespace sfmkit::cli
