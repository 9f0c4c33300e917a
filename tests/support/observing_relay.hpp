#pragma once

#include "platform/transport.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sfmkit::test {

/// How far the request that a connection carries has come when the relay passes bytes on.
struct RequestProgress {
    std::uint64_t number = 0;  ///< counts the requests of this method through the relay, from 1
    std::string method{};
    std::string target{};
    std::uint64_t body_bytes = 0;      ///< passed on so far
    std::uint64_t content_length = 0;  ///< as the head says
    std::string answer{};              ///< bytes of the answer that have come, not yet passed on
};

/// Passes connections on to a server and tells what it sees, so that a test can act at a known
/// point of a request, for example end a process in the middle of a body.
class ObservingRelay {
  public:
    /// Called after each piece of a request was passed on and before a piece of an answer is;
    /// returning false breaks the connection to both sides.
    using Observer = std::function<bool(const RequestProgress&)>;

    ObservingRelay(
        platform::Network& network,
        boost::asio::any_io_executor executor,
        std::uint16_t upstream_port,
        Observer observer
    );
    ~ObservingRelay();
    ObservingRelay(const ObservingRelay&) = delete;
    ObservingRelay& operator=(const ObservingRelay&) = delete;

    std::uint16_t port() const;

  private:
    struct Connection;
    struct State;

    static boost::asio::awaitable<void> accept_all(std::shared_ptr<State> state);
    static boost::asio::awaitable<void> serve(
        std::shared_ptr<State> state, std::shared_ptr<Connection> connection
    );
    static boost::asio::awaitable<void> pass_requests(
        std::shared_ptr<State> state, std::shared_ptr<Connection> connection
    );
    static boost::asio::awaitable<void> pass_answers(
        std::shared_ptr<State> state, std::shared_ptr<Connection> connection
    );

    std::shared_ptr<State> state_;
};

}  // namespace sfmkit::test
