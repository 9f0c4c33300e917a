#pragma once

#include "platform/clock.hpp"

namespace sfmkit::mockserver {

/// A clock whose calendar can be moved, so that an expiry is passed without waiting for it.
/// Durations go on as before.
class ShiftedClock final : public platform::Clock {
  public:
    /// The clock must outlive it.
    explicit ShiftedClock(platform::Clock& clock) : clock_(clock) {}

    platform::WallTime wall_now() const override { return clock_.wall_now() + shift_; }
    platform::SteadyTime steady_now() const override { return clock_.steady_now(); }
    boost::asio::awaitable<void> sleep_for(platform::Duration duration) override {
        return clock_.sleep_for(duration);
    }

    void advance(platform::Duration by) { shift_ += by; }
    platform::Duration shift() const noexcept { return shift_; }

  private:
    platform::Clock& clock_;
    platform::Duration shift_{0};
};

}  // namespace sfmkit::mockserver
