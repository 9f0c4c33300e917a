#include "tests/client/faults/tampered_network.hpp"

#include <algorithm>

namespace sfmkit::test {

using platform::Result;

namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";
constexpr platform::Duration answer_time{1000};

bool begins_request(std::string_view bytes) {
    return bytes.starts_with("POST ") || bytes.starts_with("PATCH ") || bytes.starts_with("HEAD ");
}

/// Start and end of a field's value.
std::pair<std::size_t, std::size_t> place_of(const std::string& head, const std::string& name) {
    const std::size_t line = head.find("\r\n" + name + ": ");
    if (line == std::string::npos) return {std::string::npos, std::string::npos};
    const std::size_t start = line + name.size() + 4;
    return {start, head.find("\r\n", start)};
}

}  // namespace

std::string field_of(const std::string& head, const std::string& name) {
    const auto [start, end] = place_of(head, name);
    return start == std::string::npos ? "" : head.substr(start, end - start);
}

void set_field(std::string& head, const std::string& name, const std::string& value) {
    const auto [start, end] = place_of(head, name);
    if (start != std::string::npos) head.replace(start, end - start, value);
}

void drop_field(std::string& head, const std::string& name) {
    const auto [start, end] = place_of(head, name);
    if (start == std::string::npos) return;
    const std::size_t line = start - name.size() - 4;
    head.erase(line, end - line);
}

void add_field(std::string& head, const std::string& name, const std::string& value) {
    head.insert(head.find(end_of_head) + 2, name + ": " + value + "\r\n");
}

class TamperedNetwork::Connection final : public platform::Transport {
  public:
    Connection(TamperedNetwork& owner, std::unique_ptr<platform::Transport> inner)
        : owner_(owner), inner_(std::move(inner)) {}
    ~Connection() override {
        if (owner_.tampering_.keeps_open) owner_.kept_.push_back(std::move(inner_));
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void set_deadline(platform::Duration per_operation) override {
        inner_->set_deadline(per_operation);
    }

    boost::asio::awaitable<Result<std::size_t>> read_some(platform::MutableBytes target) override {
        if (meanwhile_) {
            const Result<void> asked = co_await ask_meanwhile();
            if (!asked) co_return std::unexpected(asked.error());
        }
        if (sent_chunk_ && owner_.tampering_.keeps_open) {
            sent_chunk_ = false;
            co_return platform::fail({.code = platform::Errc::timeout, .what = "too slow for me"});
        }
        while (ready_.empty() && owner_.tampering_.answer) {
            const auto count = co_await inner_->read_some(target);
            if (!count || *count == 0) co_return count;
            pending_ += platform::as_text(platform::Bytes(target).first(*count));
            const std::size_t end = pending_.find(end_of_head);
            if (end == std::string::npos) continue;
            std::string head = pending_.substr(0, end + end_of_head.size());
            owner_.tampering_.answer(head);
            ready_ = head + pending_.substr(end + end_of_head.size());
            pending_.clear();
        }
        if (ready_.empty()) {
            const auto count = co_await inner_->read_some(target);
            co_return count;
        }
        const std::size_t count = std::min(ready_.size(), target.size());
        std::ranges::copy(platform::as_bytes(ready_).first(count), target.begin());
        ready_.erase(0, count);
        co_return count;
    }

    boost::asio::awaitable<Result<void>> write_all(platform::Bytes bytes) override {
        std::string text(platform::as_text(bytes));
        if (begins_request(text)) {
            if (owner_.tampering_.request) owner_.tampering_.request(text);
            sent_chunk_ = text.starts_with("PATCH ");
            meanwhile_ = sent_chunk_ && owner_.tampering_.asks_meanwhile;
            const std::size_t target = text.find(' ') + 1;
            target_ = text.substr(target, text.find(' ', target) - target);
        }
        const Result<void> written = co_await inner_->write_all(platform::as_bytes(text));
        co_return written;
    }

    bool other_side_ended() const noexcept override { return inner_->other_side_ended(); }
    void shutdown_send() noexcept override { inner_->shutdown_send(); }
    void close() noexcept override {
        if (!owner_.tampering_.keeps_open) inner_->close();
    }
    void reset() noexcept override { inner_->reset(); }
    std::string peer() const override { return inner_->peer(); }

  private:
    boost::asio::awaitable<Result<void>> ask_meanwhile() {
        meanwhile_ = false;
        std::string host = "127.0.0.1";
        auto other = co_await owner_.network_.connect(std::move(host), 8080, answer_time);
        if (!other) co_return std::unexpected(other.error());
        const std::string request =
            "HEAD " + target_ + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nTus-Resumable: 1.0.0\r\n\r\n";
        const Result<void> sent = co_await (*other)->write_all(platform::as_bytes(request));
        owner_.kept_.push_back(std::move(*other));
        co_return sent;
    }

    TamperedNetwork& owner_;
    std::unique_ptr<platform::Transport> inner_;
    std::string pending_;  ///< of an answer whose head is not whole
    std::string ready_;
    std::string target_;
    bool sent_chunk_ = false;
    bool meanwhile_ = false;
};

TamperedNetwork::TamperedNetwork(platform::Network& network, Tampering tampering)
    : network_(network), tampering_(std::move(tampering)) {}

TamperedNetwork::~TamperedNetwork() = default;

Result<std::unique_ptr<platform::Listener>> TamperedNetwork::listen(
    const std::string& host, std::uint16_t port
) {
    return network_.listen(host, port);
}

boost::asio::awaitable<Result<std::unique_ptr<platform::Transport>>> TamperedNetwork::connect(
    std::string host, std::uint16_t port, platform::Duration deadline
) {
    auto connected = co_await network_.connect(std::move(host), port, deadline);
    if (!connected) co_return std::unexpected(connected.error());
    std::unique_ptr<platform::Transport> connection =
        std::make_unique<Connection>(*this, std::move(*connected));
    co_return connection;
}

}  // namespace sfmkit::test
