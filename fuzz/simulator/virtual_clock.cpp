#include "fuzz/simulator/virtual_clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <stdexcept>

namespace sfmkit::fuzz {

using platform::Duration;

VirtualClock::VirtualClock(platform::WallTime start) : start_(start) {}

platform::WallTime VirtualClock::wall_now() const {
    return start_ + calendar_shift_ + std::chrono::floor<Duration>(now_.time_since_epoch());
}

platform::SteadyTime VirtualClock::steady_now() const {
    return now_;
}

boost::asio::awaitable<void> VirtualClock::sleep_for(Duration duration) {
    const auto executor = co_await boost::asio::this_coro::executor;
    // The timer never expires by itself: it is a bell that the appointment rings. Shared, because
    // the coroutine may be destroyed before its time has come.
    const auto bell = std::make_shared<boost::asio::steady_timer>(
        executor, boost::asio::steady_timer::time_point::max()
    );
    const std::weak_ptr<boost::asio::steady_timer> rung = bell;
    call_at(now_ + duration, [rung] {
        if (const auto timer = rung.lock()) timer->cancel();
    });
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    co_await bell->async_wait(token);
}

VirtualClock::Appointment VirtualClock::call_at(
    platform::SteadyTime time, std::function<void()> call
) {
    const Appointment appointment{std::max(time, now_), next_number_++};
    appointments_.emplace(appointment, std::move(call));
    return appointment;
}

void VirtualClock::call_off(const Appointment& appointment) {
    appointments_.erase(appointment);
}

void VirtualClock::run(const Poll& poll, const std::function<bool()>& finished, Duration limit) {
    const platform::SteadyTime started = now_;
    while (true) {
        while (poll() > 0) continue;
        if (finished() || appointments_.empty()) return;
        const auto first = appointments_.begin();
        now_ = first->first.first;
        if (now_ - started > limit) throw std::runtime_error("virtual time ran past its limit");
        const auto call = std::move(first->second);
        appointments_.erase(first);
        call();
    }
}

void VirtualClock::run(boost::asio::io_context& context) {
    const auto poll = [&context] {
        context.restart();
        return context.poll();
    };
    run(poll, [] { return false; });
}

}  // namespace sfmkit::fuzz
