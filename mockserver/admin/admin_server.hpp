#pragma once

#include "mockserver/admin/desk.hpp"
#include "platform/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>

namespace sfmkit::mockserver::admin {

/// Serves the admin API on 127.0.0.1 on the thread of the service. Requests are small and rare:
/// one at a time on a connection, bodies up to a mebibyte.
class AdminServer {
  public:
    /// All of them must outlive the executor's work.
    AdminServer(Desk& desk, platform::Network& network, boost::asio::any_io_executor executor);
    ~AdminServer();
    AdminServer(const AdminServer&) = delete;
    AdminServer& operator=(const AdminServer&) = delete;

    /// Port 0 takes any free one.
    platform::Result<void> listen(std::uint16_t port);
    std::uint16_t port() const { return listener_->port(); }
    /// Serves until stop() was called.
    boost::asio::awaitable<void> run();
    void stop();

  private:
    struct Running {
        bool stopping = false;
        std::size_t connections = 0;
    };
    struct Connection;

    static boost::asio::awaitable<void> serve(std::shared_ptr<Connection> connection);
    static boost::asio::awaitable<bool> serve_request(Connection& connection);
    static boost::asio::awaitable<void> stream(Connection& connection, std::uint64_t after);

    Desk& desk_;
    platform::Network& network_;
    boost::asio::any_io_executor executor_;
    std::unique_ptr<platform::Listener> listener_;
    std::shared_ptr<Running> running_ = std::make_shared<Running>();
};

}  // namespace sfmkit::mockserver::admin
