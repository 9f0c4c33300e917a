#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>

namespace sfmkit::platform {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;
using Duration = std::chrono::milliseconds;

/// Time as a value that the owner of the world hands in; simulated worlds have their own.
class Clock {
  public:
    virtual ~Clock() = default;
    /// Calendar time in UTC.
    virtual WallTime wall_now() const = 0;
    /// Time for durations and deadlines; never jumps back.
    virtual SteadyTime steady_now() const = 0;
    /// Resumes the calling coroutine on its executor when the duration has passed.
    virtual boost::asio::awaitable<void> sleep_for(Duration duration) = 0;
};

class SystemClock final : public Clock {
  public:
    WallTime wall_now() const override;
    SteadyTime steady_now() const override;
    boost::asio::awaitable<void> sleep_for(Duration duration) override;
};

/// Names the file of the system's time zone in the environment, unless a zone stands there. Without
/// a name glibc looks at the file whenever a local time is converted, as libzip does for every
/// entry. Call before the first thread begins.
void name_time_zone() noexcept;

}  // namespace sfmkit::platform
