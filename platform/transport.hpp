#pragma once

#include "platform/bytes.hpp"
#include "platform/clock.hpp"
#include "platform/result.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace sfmkit::platform {

/// One byte stream between two sides. Every operation has the deadline that was set last; when it
/// passes the stream is closed and the operation fails with Errc::timeout. One reader and one
/// writer at a time. Closing ends a pending operation with Errc::cancelled.
class Transport {
  public:
    virtual ~Transport() = default;

    /// For each following operation on its own, until set again.
    virtual void set_deadline(Duration per_operation) = 0;
    /// At least one byte, or 0 when the other side ended its sending in order.
    /// Errc::connection_reset when the connection broke.
    virtual boost::asio::awaitable<Result<std::size_t>> read_some(MutableBytes target) = 0;
    /// Waits until read_some() has something to tell, so that many who wait need no buffer. What
    /// cannot know it returns at once.
    virtual boost::asio::awaitable<Result<void>> readable() { co_return Result<void>(); }
    /// All bytes, or an error; the bytes must live until it returns.
    virtual boost::asio::awaitable<Result<void>> write_all(Bytes bytes) = 0;
    /// As much as goes out without waiting, the rest is lost: last words before the end.
    virtual void write_now(Bytes /*bytes*/) noexcept {}
    /// True when the other side is known to have ended its sending or the connection, also while
    /// bytes that it sent are unread. A system that cannot tell says false.
    virtual bool other_side_ended() const noexcept { return false; }
    /// Ends our sending; the other side reads the end, and we may go on reading.
    virtual void shutdown_send() noexcept = 0;
    /// Ends both directions in order.
    virtual void close() noexcept = 0;
    /// Breaks the connection at once: the other side sees a reset (TCP RST).
    virtual void reset() noexcept = 0;
    /// Address and port of the other side, for logs.
    virtual std::string peer() const = 0;
};

/// A port that accepts connections.
class Listener {
  public:
    virtual ~Listener() = default;
    /// Errc::cancelled after close().
    virtual boost::asio::awaitable<Result<std::unique_ptr<Transport>>> accept() = 0;
    virtual std::uint16_t port() const = 0;
    virtual void close() noexcept = 0;
};

/// Makes and accepts connections; the operating system's sockets, or a simulated network.
class Network {
  public:
    virtual ~Network() = default;
    /// Port 0 takes any free one. Errc::address_in_use when the port is taken.
    virtual Result<std::unique_ptr<Listener>> listen(
        const std::string& host, std::uint16_t port
    ) = 0;
    /// Errc::unreachable when nobody answers there.
    virtual boost::asio::awaitable<Result<std::unique_ptr<Transport>>> connect(
        std::string host, std::uint16_t port, Duration deadline
    ) = 0;
};

}  // namespace sfmkit::platform
