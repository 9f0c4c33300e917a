#pragma once

#include "platform/clock.hpp"

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>

namespace sfmkit::platform {

/// One line of a terminal that is written over to tell how far work is. Only for streams that are
/// terminals; the stream must outlive it.
class StatusLine {
  public:
    explicit StatusLine(std::ostream& stream) noexcept : stream_(stream) {}

    /// True when so much time has passed that a person would see a new text: ten times a second.
    bool is_due(SteadyTime now) const noexcept;
    void draw(const std::string& text, SteadyTime now);
    /// Puts a line that stays where the status stood; the next status comes below.
    void print_above(const std::string& text);
    /// Takes the status away, so that other text can follow.
    void wipe();

  private:
    void overwrite(const std::string& text);

    std::ostream& stream_;
    std::optional<SteadyTime> drawn_;
    std::size_t width_ = 0;  ///< of what stands on the line
};

}  // namespace sfmkit::platform
