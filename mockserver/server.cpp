#include "mockserver/server.hpp"

#include "mockserver/sfm/migration_watch.hpp"
#include "mockserver/sweep.hpp"
#include "platform/log.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <vector>

namespace sfmkit::mockserver {
namespace {

constexpr platform::Duration time_between_sweeps = std::chrono::seconds(10);
constexpr platform::Duration look_every = std::chrono::milliseconds(10);

/// Exceptions are defects; the connection is lost, the server goes on.
void report(const std::exception_ptr& failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        platform::log_error(std::string("a session failed: ") + exception.what());
    }
}

}  // namespace

Server::Server(Site& site, platform::Network& network, boost::asio::any_io_executor executor)
    : site_(site), network_(network), executor_(std::move(executor)) {
    site_.restart = [this](const FaultAction& action) {
        restart(action.time.value_or(platform::Duration(0)), action.keep_state);
    };
}

Server::~Server() {
    sessions_->stopping = true;
    site_.restart = nullptr;
}

platform::Result<void> Server::listen(const std::string& host, std::uint16_t port) {
    auto listener = network_.listen(host, port);
    if (!listener) return std::unexpected(listener.error());
    listener_ = std::move(*listener);
    host_ = host;
    return {};
}

void Server::start_session(std::unique_ptr<platform::Transport> transport) {
    if (sessions_->open.size() >= site_.limits.connections && !close_longest_idle()) {
        platform::log_warning("a connection is refused: as many as the limit are busy");
        transport->reset();
        return;
    }
    const std::uint64_t number = ++last_session_;
    auto session = std::make_shared<Session>(site_, std::move(transport), number);
    sessions_->open.emplace(number, session);
    boost::asio::co_spawn(
        executor_,
        session->run(),
        [sessions = sessions_, number, session](const std::exception_ptr& failure) {
            report(failure);
            sessions->open.erase(number);
        }
    );
}

/// Who only holds a connection must not keep others out. It leaves the list at once, so that many
/// new ones do not all find the same.
bool Server::close_longest_idle() {
    auto longest = sessions_->open.end();
    for (auto each = sessions_->open.begin(); each != sessions_->open.end(); ++each) {
        const auto since = each->second->idle_since();
        if (!since) continue;
        if (longest == sessions_->open.end() || *since < *longest->second->idle_since()) {
            longest = each;
        }
    }
    if (longest == sessions_->open.end()) return false;
    longest->second->stop_now();
    sessions_->open.erase(longest);
    return true;
}

boost::asio::awaitable<void> Server::accept_connections() {
    while (!sessions_->stopping) {
        auto accepted = co_await listener_->accept();
        if (accepted) {
            start_session(std::move(*accepted));
            continue;
        }
        if (accepted.error().code == platform::Errc::cancelled) {
            // The port is closed for a while only.
            while (away_ && !sessions_->stopping) co_await site_.clock.sleep_for(look_every);
            if (sessions_->stopping) break;
            continue;
        }
        // Most likely there are too many open files; some close soon.
        platform::log_warning(platform::describe(accepted.error()));
        if (close_longest_idle()) continue;
        co_await site_.clock.sleep_for(std::chrono::milliseconds(100));
    }
}

/// Kestrel too looks once a second whether requests come fast enough.
boost::asio::awaitable<void> Server::watch_slow_requests(
    std::shared_ptr<Sessions> sessions,
    platform::Clock& clock,
    boost::asio::any_io_executor executor
) {
    while (!sessions->stopping) {
        std::vector<std::shared_ptr<Session>> slow;
        for (const auto& [number, session] : sessions->open) {
            if (session->is_too_slow(clock.steady_now())) slow.push_back(session);
        }
        for (const std::shared_ptr<Session>& session : slow) {
            boost::asio::co_spawn(
                executor,
                session->refuse_as_slow(),
                [session](const std::exception_ptr& failure) { report(failure); }
            );
        }
        slow.clear();
        co_await clock.sleep_for(std::chrono::seconds(1));
    }
}

/// The site is there as long as the server is, which says in time that it goes.
boost::asio::awaitable<void> Server::watch_old_uploads(
    std::shared_ptr<Sessions> sessions, Site& site
) {
    Sweep sweep(site);
    platform::Clock& clock = site.clock;
    while (!sessions->stopping) {
        sweep.step();
        co_await clock.sleep_for(time_between_sweeps);
    }
}

boost::asio::awaitable<void> Server::run() {
    boost::asio::co_spawn(executor_, watch_old_uploads(sessions_, site_), report);
    boost::asio::co_spawn(
        executor_, watch_slow_requests(sessions_, site_.clock, executor_), report
    );
    co_await accept_connections();
    while (!sessions_->open.empty()) {
        co_await site_.clock.sleep_for(look_every);
        if (site_.clock.steady_now() < stop_until_) continue;
        for (const auto& [number, session] : sessions_->open) session->stop_now();
    }
    tell_unfinished(site_);
}

void Server::stop(platform::Duration grace) {
    sessions_->stopping = true;
    stop_until_ = site_.clock.steady_now() + grace;
    if (listener_) listener_->close();
    for (const auto& [number, session] : sessions_->open) session->stop_softly();
}

void Server::restart(platform::Duration away, bool keep_state) {
    if (away_ || sessions_->stopping) return;
    away_ = true;
    boost::asio::co_spawn(executor_, come_back(away, keep_state), report);
}

boost::asio::awaitable<void> Server::come_back(platform::Duration away, bool keep_state) {
    const std::uint16_t port = listener_->port();
    listener_->close();
    for (const auto& [number, session] : sessions_->open) session->break_off();
    while (!sessions_->open.empty()) co_await site_.clock.sleep_for(look_every);
    if (!keep_state) forget_state();
    site_.migrations = {};
    site_.knows_stored_migrations = false;
    site_.held_locks.clear();
    // Whoever waits for a connection must have seen that the port is closed.
    co_await site_.clock.sleep_for(std::max(away, look_every));
    auto listener = network_.listen(host_, port);
    while (!listener && !sessions_->stopping) {
        platform::log_warning(platform::describe(listener.error()));
        co_await site_.clock.sleep_for(std::chrono::seconds(1));
        listener = network_.listen(host_, port);
    }
    if (listener) listener_ = std::move(*listener);
    away_ = false;
}

void Server::forget_state() {
    const std::size_t most = site_.store.count();
    for (const std::string& id : site_.store.ids_after({}, most)) {
        if (auto removed = site_.store.remove(id); !removed) {
            platform::log_warning(platform::describe(removed.error()));
        }
        site_.evidence.upload_removed(id);
    }
}

}  // namespace sfmkit::mockserver
