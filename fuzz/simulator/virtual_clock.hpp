#pragma once

#include "platform/clock.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace sfmkit::fuzz {

/// Time that only moves when everything waits for it. One thread, one io_context: run() lets all
/// ready work happen, then jumps to the next moment that somebody waits for. Same world, same run.
class VirtualClock final : public platform::Clock {
  public:
    /// Starts at the moment of the exchange that NHN captured: Wed, 13 Oct 2021 13:12:00 GMT.
    static constexpr std::int64_t default_start_seconds = 1634130720;

    explicit VirtualClock(
        platform::WallTime start = platform::WallTime(std::chrono::seconds(default_start_seconds))
    );

    platform::WallTime wall_now() const override;
    platform::SteadyTime steady_now() const override;
    boost::asio::awaitable<void> sleep_for(platform::Duration duration) override;

    /// An appointment; it can be called off until it has happened.
    using Appointment = std::pair<platform::SteadyTime, std::uint64_t>;
    Appointment call_at(platform::SteadyTime time, std::function<void()> call);
    void call_off(const Appointment& appointment);

    /// Moves the calendar alone, as a person who sets the clock does.
    void shift_calendar(platform::Duration by) { calendar_shift_ += by; }

    /// Lets ready work happen and returns how much there was, 0 when all is idle.
    using Poll = std::function<std::size_t()>;
    /// Runs until it is finished, or nothing is ready and nobody waits for a time. Throws
    /// std::runtime_error when more than the limit would pass: somebody loops for ever.
    void run(
        const Poll& poll,
        const std::function<bool()>& finished,
        platform::Duration limit = std::chrono::hours(48)
    );
    /// The same for one context, until all is idle.
    void run(boost::asio::io_context& context);

  private:
    platform::WallTime start_;
    platform::Duration calendar_shift_{0};
    platform::SteadyTime now_;
    std::uint64_t next_number_ = 0;
    std::map<Appointment, std::function<void()>> appointments_;
};

}  // namespace sfmkit::fuzz
