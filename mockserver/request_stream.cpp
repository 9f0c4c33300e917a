#include "mockserver/request_stream.hpp"

#include "platform/assert.hpp"

namespace sfmkit::mockserver {

using State = wire::RequestReader::State;

namespace {

ReadEnd end_of(const platform::Error& error) {
    const bool broken = error.code == platform::Errc::connection_reset;
    return broken ? ReadEnd::broken : ReadEnd::stopped;
}

}  // namespace

RequestStream::RequestStream(
    platform::Transport& transport,
    const platform::Clock& clock,
    wire::FramingReader reader,
    wire::HttpLimits limits
)
    : transport_(transport), clock_(clock), reader_(reader, limits) {}

void RequestStream::next() {
    reader_.next();
    body_bytes_ = 0;
}

/// Hands what is in the window to the reader, up to one piece of body.
void RequestStream::take() {
    const State before = reader_.state();
    const auto input = platform::Bytes(*window_).subspan(begin_, end_ - begin_);
    const wire::RequestReader::Step step = reader_.push(input);
    SFM_ASSERT(step.consumed > 0 || !step.data.empty() || reader_.state() != before);
    begin_ += step.consumed;
    data_ = step.data;
    body_bytes_ += step.data.size();
}

boost::asio::awaitable<ReadEnd> RequestStream::fill() {
    begin_ = 0;
    end_ = 0;
    if (reader_.state() == State::reading_head) {
        window_.reset();
        const platform::Result<void> ready = co_await transport_.readable();
        if (!ready) co_return end_of(ready.error());
    }
    if (!window_) window_ = std::make_unique_for_overwrite<Window>();
    const platform::Result<std::size_t> count = co_await transport_.read_some(*window_);
    if (count) {
        end_ = *count;
        co_return *count > 0 ? ReadEnd::piece : ReadEnd::closed;
    }
    co_return end_of(count.error());
}

boost::asio::awaitable<ReadEnd> RequestStream::read_head() {
    while (reader_.state() == State::reading_head) {
        if (begin_ == end_) {
            const ReadEnd filled = co_await fill();
            if (filled != ReadEnd::piece) co_return filled;
        }
        if (!head_began_) head_began_ = clock_.steady_now();
        take();
        // A piece of body may come with the last bytes of the head only in a call of its own.
        SFM_ASSERT(data_.empty());
    }
    head_began_.reset();
    co_return reader_.state() == State::refused ? ReadEnd::refused : ReadEnd::complete;
}

boost::asio::awaitable<ReadEnd> RequestStream::read_piece() {
    while (true) {
        if (reader_.state() == State::complete) co_return ReadEnd::complete;
        if (reader_.state() == State::refused) co_return ReadEnd::refused;
        if (begin_ == end_) {
            const ReadEnd filled = co_await fill();
            if (filled != ReadEnd::piece) co_return filled;
        }
        take();
        if (!data_.empty()) co_return ReadEnd::piece;
    }
}

}  // namespace sfmkit::mockserver
