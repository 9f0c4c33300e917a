#pragma once

#include "mockserver/session.hpp"
#include "platform/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <map>
#include <memory>
#include <string>

namespace sfmkit::mockserver {

/// Accepts connections and runs one session for each, all on one executor that one thread runs.
/// Must outlive run(); the clock must outlive the executor's work.
class Server {
  public:
    Server(Site& site, platform::Network& network, boost::asio::any_io_executor executor);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Port 0 takes any free one.
    platform::Result<void> listen(const std::string& host, std::uint16_t port);
    std::uint16_t port() const { return listener_->port(); }

    /// Serves until stop() was called and the last session has ended. Call listen() before.
    boost::asio::awaitable<void> run();
    /// Takes no new connection, lets running requests end for the grace time, then closes the rest.
    void stop(platform::Duration grace);
    /// As the end of the process and a new start: breaks all connections at once, takes none for
    /// the time, and comes back with its uploads or without.
    void restart(platform::Duration away, bool keep_state);

  private:
    /// Shared with watches, which may still sleep when the server is gone.
    struct Sessions {
        std::map<std::uint64_t, std::shared_ptr<Session>> open;
        bool stopping = false;
    };

    static boost::asio::awaitable<void> watch_slow_requests(
        std::shared_ptr<Sessions> sessions,
        platform::Clock& clock,
        boost::asio::any_io_executor executor
    );
    static boost::asio::awaitable<void> watch_old_uploads(
        std::shared_ptr<Sessions> sessions, Site& site
    );
    boost::asio::awaitable<void> accept_connections();
    boost::asio::awaitable<void> come_back(platform::Duration away, bool keep_state);
    void forget_state();
    bool close_longest_idle();
    void start_session(std::unique_ptr<platform::Transport> transport);

    Site& site_;
    platform::Network& network_;
    boost::asio::any_io_executor executor_;
    std::unique_ptr<platform::Listener> listener_;
    std::string host_;
    bool away_ = false;
    std::shared_ptr<Sessions> sessions_ = std::make_shared<Sessions>();
    std::uint64_t last_session_ = 0;
    platform::SteadyTime stop_until_;
};

}  // namespace sfmkit::mockserver
