#include "client/upload/http_exchange.hpp"

#include "wire/http_codec.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

using platform::Duration;
using platform::Errc;
using platform::Error;
using platform::Result;

constexpr std::size_t send_piece_bytes = 65536;
constexpr std::size_t receive_window_bytes = 16384;

/// Control letters of a server's text must not reach a terminal.
void keep_text(std::string& text, platform::Bytes data, std::size_t limit) {
    for (const char c : platform::as_text(data)) {
        if (text.size() >= limit) return;
        const auto code = static_cast<unsigned char>(c);
        text += code < 0x20 || code == 0x7f ? ' ' : c;
    }
}

bool is_plain_text(const wire::ResponseHead& head) {
    const auto type = head.fields.first("Content-Type").value_or("");
    return wire::equal_ignoring_case(type.substr(0, type.find(';')), "text/plain");
}

Error connection_ended() {
    return {
        .code = Errc::connection_closed,
        .what = "the server closed the connection without an answer"
    };
}

Error bad_answer(const std::string& failure) {
    return {.code = Errc::malformed, .what = "the answer is no valid HTTP", .actual = failure};
}

/// An answer while it is read.
struct Answer {
    using State = wire::ResponseReader::State;

    explicit Answer(bool to_head_request) : reader(to_head_request) {}

    bool ended() const {
        return reader.state() == State::complete || reader.state() == State::failed;
    }

    void take(platform::Bytes input, std::string& text, std::size_t text_limit) {
        any_bytes = true;
        while (!input.empty() && !ended()) {
            const auto step = reader.push(input);
            input = input.subspan(step.consumed);
            note_state();
            body_bytes += step.data.size();
            const bool wanted = !step.data.empty() && is_plain_text(reader.head());
            if (wanted) keep_text(text, step.data, text_limit);
        }
        surplus = !input.empty();
    }

    void end() {
        reader.push_end();
        note_state();
    }

    bool leaves_connection_open() const {
        return reader.state() == State::complete && reader.head().keep_alive && !surplus;
    }

    wire::ResponseReader reader;
    bool any_bytes = false;
    bool head_complete = false;
    bool surplus = false;
    std::size_t body_bytes = 0;

  private:
    void note_state() {
        head_complete = head_complete || reader.state() == State::reading_body ||
                        reader.state() == State::complete;
    }
};

}  // namespace

HttpConnection::HttpConnection(
    platform::Network& network, platform::Clock& clock, ExchangeLimits limits
)
    : network_(network), clock_(clock), limits_(limits) {}

void HttpConnection::close() noexcept {
    if (transport_) transport_->close();
    transport_.reset();
}

boost::asio::awaitable<Result<void>> HttpConnection::ensure_connected(const Url& url) {
    if (transport_ && same_origin(connected_to_, url)) co_return Result<void>{};
    close();
    auto connected = co_await network_.connect(url.host, url.port, limits_.connect);
    if (!connected) co_return std::unexpected(connected.error());
    transport_ = std::move(*connected);
    connected_to_ = url;
    co_return Result<void>{};
}

boost::asio::awaitable<HttpExchange> HttpConnection::exchange(const HttpRequest& request) {
    HttpExchange exchange;
    exchange.answer = std::unexpected(connection_ended());
    const auto connected = co_await ensure_connected(request.url);
    if (!connected) {
        exchange.answer = std::unexpected(connected.error());
        co_return exchange;
    }
    const auto sent = co_await send(request, exchange);
    if (!sent && sent.error().code == Errc::timeout) {
        exchange.answer = std::unexpected(sent.error());
        close();
        co_return exchange;
    }
    // A server may answer before it has read the body and then stop reading: sending fails, but the
    // answer is there.
    co_await receive(request, exchange);
    if (!sent) {
        if (!exchange.answer) exchange.answer = std::unexpected(sent.error());
        close();
    }
    co_return exchange;
}

boost::asio::awaitable<Result<void>> HttpConnection::send(
    const HttpRequest& request, HttpExchange& exchange
) {
    const std::string head =
        wire::print_request_head(request.method, request.url.target, request.fields);
    transport_->set_deadline(limits_.send_idle);
    exchange.reached_server = true;
    const auto head_sent = co_await transport_->write_all(platform::as_bytes(head));
    if (!head_sent) co_return head_sent;
    platform::Bytes rest = request.body;
    while (!rest.empty()) {
        const platform::Bytes piece = rest.first(std::min(rest.size(), send_piece_bytes));
        // Before the write: most of a piece that fails has left us all the same.
        exchange.body_bytes_sent += piece.size();
        const auto piece_sent = co_await transport_->write_all(piece);
        if (!piece_sent) co_return piece_sent;
        rest = rest.subspan(piece.size());
    }
    co_return Result<void>{};
}

boost::asio::awaitable<void> HttpConnection::receive(
    const HttpRequest& request, HttpExchange& exchange
) {
    Answer answer(request.method == "HEAD");
    std::array<std::byte, receive_window_bytes> window{};
    const platform::SteadyTime answer_by = clock_.steady_now() + limits_.answer;
    while (!answer.ended() && answer.body_bytes <= limits_.body_bytes) {
        Duration deadline = limits_.body_idle;
        if (!answer.head_complete) {
            // The time left for the whole head: a server that drips it is cut off all the same.
            deadline = std::chrono::ceil<Duration>(answer_by - clock_.steady_now());
            deadline = std::max(deadline, Duration(1));
        }
        transport_->set_deadline(deadline);
        const auto received = co_await transport_->read_some(window);
        if (!received) {
            exchange.answer = std::unexpected(received.error());
            break;
        }
        if (*received == 0) {
            answer.end();
            break;
        }
        answer.take(platform::Bytes(window).first(*received), exchange.text, limits_.text_bytes);
    }
    // The head decides; a body that was cut or is too long only costs the connection.
    if (answer.head_complete) {
        exchange.answer = answer.reader.head();
    } else if (answer.reader.state() == Answer::State::failed && answer.any_bytes) {
        exchange.answer = std::unexpected(bad_answer(answer.reader.failure()));
    }
    if (!answer.leaves_connection_open()) close();
}

}  // namespace sfmkit::client
