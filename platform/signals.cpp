#include "platform/signals.hpp"

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <pthread.h>
#include <signal.h>
#include <utility>

namespace sfmkit::platform {

void ignore_broken_pipes() noexcept {
    std::signal(SIGPIPE, SIG_IGN);
}

namespace {

/// Holds them back (SIG_BLOCK) or lets them through again (SIG_UNBLOCK) in this thread. Returns
/// what was held back before.
sigset_t set_stop_signals(int how) {
    sigset_t stop;
    sigemptyset(&stop);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&stop, number);
    sigset_t before;
    sigemptyset(&before);
    ::pthread_sigmask(how, &stop, &before);
    return before;
}

/// While it lives, this thread takes no stop signal.
class StopSignalsHeldBack {
  public:
    StopSignalsHeldBack() : before_(set_stop_signals(SIG_BLOCK)) {}
    ~StopSignalsHeldBack() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    StopSignalsHeldBack(const StopSignalsHeldBack&) = delete;
    StopSignalsHeldBack& operator=(const StopSignalsHeldBack&) = delete;

  private:
    sigset_t before_;
};

}  // namespace

std::jthread start_worker(std::function<void()> work) {
    // A thread begins with the mask of the one that starts it.
    const StopSignalsHeldBack held_back;
    return std::jthread(std::move(work));
}

/// Shared, because a pending handler may outlive the StopSignals that made it.
struct StopSignals::State : std::enable_shared_from_this<State> {
    State(boost::asio::any_io_executor executor, std::function<void()> callback)
        : signals(std::move(executor), SIGINT, SIGTERM), on_stop(std::move(callback)) {
        // The end of the terminal, unless somebody (nohup) asked not to hear of it.
        struct sigaction hangup{};
        const bool known = ::sigaction(SIGHUP, nullptr, &hangup) == 0;
        if (known && hangup.sa_handler != SIG_IGN) signals.add(SIGHUP);
    }

    void wait() {
        signals.async_wait([self = shared_from_this()](boost::system::error_code code, int) {
            if (code || !self->on_stop) return;
            self->came = true;
            self->on_stop();
            self->wait();
        });
    }

    boost::asio::signal_set signals;
    std::function<void()> on_stop;
    bool came = false;
};

StopSignals::StopSignals(boost::asio::any_io_executor executor, std::function<void()> on_stop)
    : state_(std::make_shared<State>(std::move(executor), std::move(on_stop))) {
    set_stop_signals(SIG_UNBLOCK);
    state_->wait();
}

StopSignals::~StopSignals() {
    // The program is about to end in order: a further signal may not end it in another way.
    if (state_->came) set_stop_signals(SIG_BLOCK);
    state_->on_stop = nullptr;
    boost::system::error_code ignored;
    state_->signals.cancel(ignored);
}

}  // namespace sfmkit::platform
