#pragma once

#include "client/upload/url.hpp"
#include "platform/transport.hpp"
#include "wire/http_message.hpp"

#include <boost/asio/awaitable.hpp>

#include <expected>
#include <memory>
#include <string>

namespace sfmkit::client {

/// Deadlines of our own: a server that falls silent must not hold us for ever.
struct ExchangeLimits {
    platform::Duration connect{10'000};
    platform::Duration send_idle{30'000};  ///< for each 64 KiB of a body
    platform::Duration answer{60'000};     ///< for the whole head of the answer
    platform::Duration body_idle{30'000};  ///< between pieces of an answer's body
    std::size_t body_bytes = 65536;        ///< of an answer that is read to keep the connection
    std::size_t text_bytes = 300;          ///< of an answer's text that is kept for messages
};

struct HttpRequest {
    std::string method;
    Url url;
    wire::HeaderFields fields;  ///< all of them, Host and Content-Length too
    platform::Bytes body;       ///< lives until the exchange has ended
};

struct HttpExchange {
    std::expected<wire::ResponseHead, platform::Error> answer;
    std::string text;             ///< start of a text/plain body, for messages
    bool reached_server = false;  ///< false: not one byte was sent
    /// Of the request: handed to the connection, in whole pieces of 64 KiB. How much of it arrived
    /// before the connection broke is not known.
    std::uint64_t body_bytes_sent = 0;
};

/// One connection that is kept open between requests and made anew when needed. One request at a
/// time. Anything odd (an early or cut answer, a deadline) ends the connection, so that no request
/// overlaps with the one before.
class HttpConnection {
  public:
    /// The network and the clock must outlive it.
    HttpConnection(platform::Network& network, platform::Clock& clock, ExchangeLimits limits);

    boost::asio::awaitable<HttpExchange> exchange(const HttpRequest& request);
    void close() noexcept;

  private:
    boost::asio::awaitable<platform::Result<void>> ensure_connected(const Url& url);
    boost::asio::awaitable<platform::Result<void>> send(
        const HttpRequest& request, HttpExchange& exchange
    );
    boost::asio::awaitable<void> receive(const HttpRequest& request, HttpExchange& exchange);

    platform::Network& network_;
    platform::Clock& clock_;
    ExchangeLimits limits_;
    std::unique_ptr<platform::Transport> transport_;
    Url connected_to_;
};

}  // namespace sfmkit::client
