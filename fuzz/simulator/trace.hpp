#pragma once

#include "platform/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::fuzz {

/// What happened in a simulated world, in order. The hash covers every event with its time; the
/// same seed gives the same hash with every compiler.
class Trace {
  public:
    /// keep: how many of the last events are kept as text, for the report of a failure.
    explicit Trace(std::size_t keep = 0) : keep_(keep) {}

    void note(platform::SteadyTime time, std::string_view actor, std::string_view event);

    std::uint64_t hash() const noexcept { return hash_; }
    std::uint64_t events() const noexcept { return events_; }
    const std::vector<std::string>& last_events() const noexcept { return last_; }

  private:
    void mix(std::string_view text) noexcept;

    std::size_t keep_;
    std::uint64_t hash_ = 14695981039346656037ULL;  // FNV-1a, 64 bits
    std::uint64_t events_ = 0;
    std::vector<std::string> last_;
};

}  // namespace sfmkit::fuzz
