#include "client/upload/task_group.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>

namespace sfmkit::client {

struct TaskGroup::State {
    explicit State(boost::asio::any_io_executor e) : executor(std::move(e)), all_ended(executor) {
        // Never expires: it is a bell that the last task rings by cancelling it.
        all_ended.expires_at(boost::asio::steady_timer::time_point::max());
    }

    boost::asio::any_io_executor executor;
    boost::asio::steady_timer all_ended;
    std::size_t running = 0;
    std::exception_ptr first_failure;
};

TaskGroup::TaskGroup(boost::asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

void TaskGroup::start(boost::asio::awaitable<void> task) {
    ++state_->running;
    auto ended = [state = state_](std::exception_ptr failure) {
        if (failure && !state->first_failure) state->first_failure = failure;
        if (--state->running == 0) state->all_ended.cancel();
    };
    boost::asio::co_spawn(state_->executor, std::move(task), std::move(ended));
}

boost::asio::awaitable<void> TaskGroup::wait() {
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    while (state_->running > 0) co_await state_->all_ended.async_wait(token);
    if (state_->first_failure) std::rethrow_exception(state_->first_failure);
}

}  // namespace sfmkit::client
