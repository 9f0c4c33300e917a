#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>

namespace sfmkit::client {

/// Coroutines that run side by side on one executor, and a way to wait for all of them. They must
/// have ended before what they refer to goes away: always wait().
class TaskGroup {
  public:
    explicit TaskGroup(boost::asio::any_io_executor executor);

    void start(boost::asio::awaitable<void> task);
    /// Returns when every task has ended; throws what the first of them threw.
    boost::asio::awaitable<void> wait();

  private:
    struct State;
    std::shared_ptr<State> state_;  // shared with the completion handlers of the tasks
};

}  // namespace sfmkit::client
