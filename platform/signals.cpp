#include "platform/signals.hpp"

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <utility>

namespace sfmkit::platform {

void ignore_broken_pipes() noexcept {
    std::signal(SIGPIPE, SIG_IGN);
}

/// Shared, because a pending handler may outlive the StopSignals that made it.
struct StopSignals::State : std::enable_shared_from_this<State> {
    State(boost::asio::any_io_executor executor, std::function<void()> callback)
        : signals(std::move(executor), SIGINT, SIGTERM), on_stop(std::move(callback)) {}

    void wait() {
        signals.async_wait([self = shared_from_this()](boost::system::error_code code, int) {
            if (code || !self->on_stop) return;
            self->on_stop();
            self->wait();
        });
    }

    boost::asio::signal_set signals;
    std::function<void()> on_stop;
};

StopSignals::StopSignals(boost::asio::any_io_executor executor, std::function<void()> on_stop)
    : state_(std::make_shared<State>(std::move(executor), std::move(on_stop))) {
    state_->wait();
}

StopSignals::~StopSignals() {
    state_->on_stop = nullptr;
    boost::system::error_code ignored;
    state_->signals.cancel(ignored);
}

}  // namespace sfmkit::platform
