#pragma once

#include "platform/clock.hpp"

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::platform {

/// How much a terminal shows at once.
struct ScreenSize {
    std::size_t columns = 80;
    std::size_t lines = 24;
    bool can_move_cursor = true;  ///< false: only the first line of a block is shown
};

/// Asked before each drawing, because people resize their windows.
using AskScreenSize = std::function<ScreenSize()>;
/// Of the error stream; the usual numbers for what the terminal does not tell.
ScreenSize screen_of_messages();

/// Some lines at the bottom of a terminal that are written over to tell how far work is. Lines are
/// cut to the width, and left out from the end when there are too many. The stream must outlive it.
class StatusBlock {
  public:
    StatusBlock(std::ostream& stream, AskScreenSize size);

    /// True when so much time has passed that a person would see a new text: five times a second.
    bool is_due(SteadyTime now) const noexcept;
    /// printable() text without line feeds.
    void draw(const std::vector<std::string>& lines, SteadyTime now);
    /// Puts a text that stays where the block stood; the next block comes below.
    void print_above(const std::string& text);

  private:
    std::string wipe_text(const ScreenSize& screen) const;

    std::ostream& stream_;
    AskScreenSize size_;
    std::optional<SteadyTime> drawn_;
    std::vector<std::size_t> widths_;  ///< of the lines that stand there
};

}  // namespace sfmkit::platform
