#pragma once

#include "platform/signals.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <thread>

namespace sfmkit::cli {

/// Set by the first SIGINT, SIGTERM or SIGHUP, which do not end the program while one exists. For
/// work that looks at the flag from time to time, on whatever threads.
class StopFlag {
  public:
    StopFlag();
    ~StopFlag();
    StopFlag(const StopFlag&) = delete;
    StopFlag& operator=(const StopFlag&) = delete;

    const std::atomic<bool>& came() const noexcept { return came_; }

  private:
    std::atomic<bool> came_ = false;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> alive_;
    platform::StopSignals signals_;
    std::jthread thread_;
};

}  // namespace sfmkit::cli
