#include "cli/stop_flag.hpp"

namespace sfmkit::cli {

StopFlag::StopFlag()
    : alive_(context_.get_executor()),
      signals_(context_.get_executor(), [this] { came_ = true; }),
      thread_([this] { context_.run(); }) {}

StopFlag::~StopFlag() {
    // The signals go after the thread that would call them back.
    context_.stop();
    thread_.join();
}

}  // namespace sfmkit::cli
