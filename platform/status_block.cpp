#include "platform/status_block.hpp"

#include "platform/printable.hpp"
#include "platform/terminal.hpp"

#include <algorithm>
#include <ostream>

namespace sfmkit::platform {
namespace {

constexpr Duration redraw_interval{200};
constexpr const char* erase_below = "\x1b[J";  // ECMA-48, ED

/// To the first column of the line so many above (ECMA-48, CUU).
std::string lines_up(std::size_t count) {
    return count == 0 ? "\r" : "\r\x1b[" + std::to_string(count) + "A";
}

}  // namespace

ScreenSize screen_of_messages() {
    ScreenSize size;
    size.columns = columns_of_terminal(Stream::error).value_or(size.columns);
    size.lines = lines_of_terminal(Stream::error).value_or(size.lines);
    size.can_move_cursor = can_move_cursor(Stream::error);
    return size;
}

StatusBlock::StatusBlock(std::ostream& stream, AskScreenSize size)
    : stream_(stream), size_(std::move(size)) {}

bool StatusBlock::is_due(SteadyTime now) const noexcept {
    return !drawn_ || now - *drawn_ >= redraw_interval;
}

void StatusBlock::draw(const std::vector<std::string>& lines, SteadyTime now) {
    drawn_ = now;
    const ScreenSize screen = size_();
    std::string text = wipe_text(screen);
    // Nothing in the last column: some terminals go to the next line there.
    const std::size_t columns = screen.columns > 1 ? screen.columns - 1 : 1;
    const std::size_t room = screen.can_move_cursor && screen.lines > 1 ? screen.lines - 1 : 1;
    widths_.clear();
    for (std::size_t i = 0; i < std::min(lines.size(), room); ++i) {
        if (i > 0) text += '\n';
        const std::string line = cut_to_columns(lines[i], columns);
        widths_.push_back(columns_of(line));
        text += line;
    }
    stream_ << text << std::flush;
}

void StatusBlock::print_above(const std::string& text) {
    stream_ << wipe_text(size_()) << text << '\n' << std::flush;
    widths_.clear();
    drawn_.reset();
}

std::string StatusBlock::wipe_text(const ScreenSize& screen) const {
    if (widths_.empty()) return "\r";
    if (!screen.can_move_cursor) return '\r' + std::string(widths_.front(), ' ') + '\r';
    // In a window that has become narrower, what was one line may take several.
    const std::size_t columns = std::max<std::size_t>(screen.columns, 1);
    std::size_t rows = 0;
    for (const std::size_t width : widths_)
        rows += width == 0 ? 1 : (width + columns - 1) / columns;
    return lines_up(rows - 1) + erase_below;
}

}  // namespace sfmkit::platform
