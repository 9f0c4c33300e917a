#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <thread>

namespace sfmkit::platform {

/// From now on writing to a pipe whose reader has gone is an error like any other and does not end
/// the program (SIGPIPE). For the start of a program.
void ignore_broken_pipes() noexcept;

/// A thread that does this work and that stop signals never reach: they are for the thread of the
/// StopSignals, and end no program once its StopSignals are gone.
std::jthread start_worker(std::function<void()> work);

/// Calls back on the executor for each SIGINT, SIGTERM or SIGHUP (Ctrl-C or Ctrl-Break elsewhere)
/// until it is destroyed. While one exists these signals do not end the program; once one came,
/// they do not later either, so that what was stopped in order also ends in order.
class StopSignals {
  public:
    StopSignals(boost::asio::any_io_executor executor, std::function<void()> on_stop);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace sfmkit::platform
