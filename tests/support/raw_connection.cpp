#include "tests/support/raw_connection.hpp"

#include <boost/asio/co_spawn.hpp>

#include <array>
#include <chrono>
#include <exception>

namespace sfmkit::test {

struct RawConnection::Shared {
    Shared(std::unique_ptr<platform::Transport> t, platform::Clock& c)
        : transport(std::move(t)), clock(c) {}

    std::unique_ptr<platform::Transport> transport;
    platform::Clock& clock;
    std::string received;
    End end = End::open;
};

namespace {

constexpr platform::Duration poll_interval = std::chrono::milliseconds(2);

struct Head {
    RawAnswer answer;
    std::size_t size = 0;
};

std::optional<Head> parse_head(const std::string& text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    Head head{.answer = {}, .size = end + 4};
    std::size_t line_end = text.find("\r\n");
    const std::string status_line = text.substr(0, line_end);
    head.answer.version = status_line.substr(0, status_line.find(' '));
    const std::size_t code = head.answer.version.size() + 1;
    head.answer.status = std::stoi(status_line.substr(code, 3));
    if (status_line.size() > code + 4) head.answer.reason = status_line.substr(code + 4);
    while (line_end < end) {
        const std::size_t begin = line_end + 2;
        line_end = text.find("\r\n", begin);
        const std::string line = text.substr(begin, line_end - begin);
        const std::size_t colon = line.find(':');
        std::string value = line.substr(colon + 1);
        if (value.starts_with(' ')) value.erase(0, 1);
        head.answer.headers.emplace_back(line.substr(0, colon), value);
    }
    return head;
}

std::optional<std::string> header(const RawAnswer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return std::nullopt;
}

/// The body of chunks and where they end; nothing when not all of them are there.
std::optional<std::pair<std::string, std::size_t>> parse_chunks(
    const std::string& text, std::size_t at
) {
    std::string body;
    while (true) {
        const std::size_t line = text.find("\r\n", at);
        if (line == std::string::npos) return std::nullopt;
        const std::size_t size = std::stoul(text.substr(at, line - at), nullptr, 16);
        const std::size_t next = line + 2 + size + 2;
        if (text.size() < next) return std::nullopt;
        body += text.substr(line + 2, size);
        at = next;
        if (size == 0) return std::pair(body, at);
    }
}

}  // namespace

RawConnection::RawConnection(
    std::unique_ptr<platform::Transport> transport,
    boost::asio::any_io_executor executor,
    platform::Clock& clock
)
    : shared_(std::make_shared<Shared>(std::move(transport), clock)) {
    shared_->transport->set_deadline(std::chrono::minutes(10));
    boost::asio::co_spawn(executor, receive(shared_), [](const std::exception_ptr& failure) {
        if (failure) std::rethrow_exception(failure);
    });
}

RawConnection::~RawConnection() {
    shared_->transport->close();
}

boost::asio::awaitable<void> RawConnection::receive(std::shared_ptr<Shared> shared) {
    std::array<std::byte, 16384> window{};
    while (true) {
        const auto count = co_await shared->transport->read_some(window);
        if (count && *count > 0) {
            shared->received += platform::as_text(platform::Bytes(window).first(*count));
            continue;
        }
        const bool reset = !count && count.error().code == platform::Errc::connection_reset;
        shared->end = reset ? End::reset : End::closed;
        co_return;
    }
}

boost::asio::awaitable<bool> RawConnection::send(std::string bytes) {
    const auto sent = co_await shared_->transport->write_all(platform::as_bytes(bytes));
    co_return sent.has_value();
}

void RawConnection::end_sending() {
    shared_->transport->shutdown_send();
}
void RawConnection::close() {
    shared_->transport->close();
}
void RawConnection::reset() {
    shared_->transport->reset();
}
const std::string& RawConnection::received() const {
    return shared_->received;
}
RawConnection::End RawConnection::end() const {
    return shared_->end;
}

boost::asio::awaitable<void> RawConnection::wait_for_bytes(platform::Duration most) {
    const auto until = shared_->clock.steady_now() + most;
    while (shared_->received.empty() && shared_->end == End::open &&
           shared_->clock.steady_now() < until) {
        co_await shared_->clock.sleep_for(poll_interval);
    }
}

std::optional<RawAnswer> RawConnection::take_answer(const std::string& method) {
    while (auto head = parse_head(shared_->received)) {
        RawAnswer& answer = head->answer;
        const int status = answer.status;
        if (status >= 100 && status < 200) {
            interim_.push_back(status);
            shared_->received.erase(0, head->size);
            continue;
        }
        std::size_t size = head->size;
        if (method == "HEAD" || status == 204 || status == 304) {
            answer.framing = "none";
        } else if (header(answer, "Transfer-Encoding") == "chunked") {
            answer.framing = "chunked";
            const auto chunks = parse_chunks(shared_->received, size);
            if (!chunks) return std::nullopt;
            answer.body = chunks->first;
            size = chunks->second;
        } else if (const auto length = header(answer, "Content-Length")) {
            answer.framing = "length";
            const std::size_t count = std::stoul(*length);
            if (shared_->received.size() < size + count) return std::nullopt;
            answer.body = shared_->received.substr(size, count);
            size += count;
        } else {
            answer.framing = "until close";
            if (shared_->end == End::open) return std::nullopt;
            answer.body = shared_->received.substr(size);
            size = shared_->received.size();
        }
        answer.interim = std::move(interim_);
        interim_.clear();
        shared_->received.erase(0, size);
        return answer;
    }
    return std::nullopt;
}

boost::asio::awaitable<std::optional<RawAnswer>> RawConnection::read_answer(
    std::string method, platform::Duration most
) {
    const auto until = shared_->clock.steady_now() + most;
    while (true) {
        auto answer = take_answer(method);
        if (answer) co_return answer;
        const bool late = shared_->clock.steady_now() >= until;
        if (late || shared_->end != End::open) co_return std::nullopt;
        co_await shared_->clock.sleep_for(poll_interval);
    }
}

}  // namespace sfmkit::test
