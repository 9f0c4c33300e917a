#pragma once

#include "platform/clock.hpp"

namespace sfmkit::test {

/// A clock that stands still.
class FixedClock final : public platform::Clock {
  public:
    explicit FixedClock(platform::WallTime now) noexcept : now_(now) {}

    platform::WallTime wall_now() const override { return now_; }
    platform::SteadyTime steady_now() const override { return {}; }
    boost::asio::awaitable<void> sleep_for(platform::Duration /*duration*/) override { co_return; }

  private:
    platform::WallTime now_;
};

/// Moves when the test says so.
class HandClock final : public platform::Clock {
  public:
    platform::WallTime wall_now() const override { return {}; }
    platform::SteadyTime steady_now() const override { return now; }
    boost::asio::awaitable<void> sleep_for(platform::Duration /*duration*/) override { co_return; }

    platform::SteadyTime now{};
};

}  // namespace sfmkit::test
