#include "platform/status_line.hpp"

#include <ostream>

namespace sfmkit::platform {
namespace {

constexpr Duration redraw_interval{100};

}  // namespace

bool StatusLine::is_due(SteadyTime now) const noexcept {
    return !drawn_ || now - *drawn_ >= redraw_interval;
}

void StatusLine::draw(const std::string& text, SteadyTime now) {
    drawn_ = now;
    overwrite(text);
    width_ = text.size();
    stream_ << std::flush;
}

void StatusLine::print_above(const std::string& text) {
    overwrite(text);
    stream_ << '\n' << std::flush;
    width_ = 0;
}

void StatusLine::wipe() {
    if (width_ == 0) return;
    overwrite("");
    stream_ << '\r' << std::flush;
    width_ = 0;
}

void StatusLine::overwrite(const std::string& text) {
    stream_ << '\r' << text;
    // What is left of a longer line goes under blanks: not every terminal knows more than \r.
    if (text.size() < width_) stream_ << std::string(width_ - text.size(), ' ');
}

}  // namespace sfmkit::platform
