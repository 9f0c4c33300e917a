#pragma once

#include "platform/transport.hpp"
#include "wire/http_codec.hpp"

#include <boost/asio/awaitable.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace sfmkit::mockserver {

/// Why reading stopped, or that a piece came.
enum class ReadEnd {
    piece,     ///< data holds bytes of the body
    complete,  ///< head, or head and body, are complete
    refused,   ///< the reader refuses the form of the request
    closed,    ///< the client ended its sending in order
    broken,    ///< the connection was reset
    stopped    ///< we closed it: stop of the server, or a time-out
};

/// Requests of one connection out of its byte stream, through one fixed window.
class RequestStream {
  public:
    RequestStream(
        platform::Transport& transport,
        const platform::Clock& clock,
        wire::FramingReader reader,
        wire::HttpLimits limits
    );

    /// Reads the head of the next request: complete, or why not.
    boost::asio::awaitable<ReadEnd> read_head();
    /// The next piece of the body; data() is valid until the next call.
    boost::asio::awaitable<ReadEnd> read_piece();

    const wire::RequestReader& reader() const noexcept { return reader_; }
    platform::Bytes data() const noexcept { return data_; }
    /// Bytes of body read in this request.
    std::uint64_t body_bytes() const noexcept { return body_bytes_; }
    /// True between requests, when the client has sent nothing of the next one.
    bool idle() const noexcept { return reader_.idle() && begin_ == end_; }
    /// When the first byte of the head came that is not complete yet; nothing at other times.
    std::optional<platform::SteadyTime> head_began() const noexcept { return head_began_; }
    /// Call after a complete request.
    void next();

  private:
    using Window = std::array<std::byte, 65536>;

    boost::asio::awaitable<ReadEnd> fill();
    void take();

    platform::Transport& transport_;
    const platform::Clock& clock_;
    wire::RequestReader reader_;
    /// Only while bytes are in it or a body comes: thousands of idle connections cost little.
    std::unique_ptr<Window> window_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    platform::Bytes data_;
    std::optional<platform::SteadyTime> head_began_;
    std::uint64_t body_bytes_ = 0;
};

}  // namespace sfmkit::mockserver
