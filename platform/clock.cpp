#include "platform/clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdlib.h>

namespace sfmkit::platform {

WallTime SystemClock::wall_now() const {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady_now() const {
    return std::chrono::steady_clock::now();
}

boost::asio::awaitable<void> SystemClock::sleep_for(Duration duration) {
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor, duration);
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    co_await timer.async_wait(token);
}

void name_time_zone() noexcept {
    constexpr int keep = 0;
    setenv("TZ", ":/etc/localtime", keep);
}

}  // namespace sfmkit::platform
