#include "cli/demo_interruptions.hpp"

#include "wire/http_codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace sfmkit::cli {

namespace net = boost::asio;
using platform::Bytes;
using platform::Errc;
using platform::Error;
using platform::MutableBytes;
using platform::Result;

/// Shared with the transports, which may outlive the network in a closing connection.
struct InterruptedNetwork::State {
    std::vector<PlannedInterruption> plan;
    std::function<void()> restart_server;
    std::size_t patches = 0;
    std::vector<std::string> happened{};

    std::optional<Interruption> next_patch() {
        ++patches;
        const auto planned = std::ranges::find(plan, patches, &PlannedInterruption::patch);
        if (planned == plan.end()) return std::nullopt;
        return planned->kind;
    }
};

class InterruptedNetwork::InterruptedTransport final : public platform::Transport {
  public:
    InterruptedTransport(std::unique_ptr<Transport> inner, std::shared_ptr<State> state)
        : inner_(std::move(inner)), state_(std::move(state)) {}

    void set_deadline(platform::Duration limit) override { inner_->set_deadline(limit); }
    void shutdown_send() noexcept override { inner_->shutdown_send(); }
    void close() noexcept override { inner_->close(); }
    void reset() noexcept override { inner_->reset(); }
    std::string peer() const override { return inner_->peer(); }

    net::awaitable<Result<void>> write_all(Bytes bytes) override {
        const std::size_t allowed = bytes_before_interruption(bytes);
        const auto passed = co_await inner_->write_all(bytes.first(allowed));
        if (!passed || allowed == bytes.size()) co_return passed;
        if (*planned_ == Interruption::server_killed) state_->restart_server();
        co_return interrupt();
    }

    net::awaitable<Result<std::size_t>> read_some(MutableBytes target) override {
        const auto count = co_await inner_->read_some(target);
        if (!count || planned_ != Interruption::answer_lost) co_return count;
        co_return interrupt();
    }

  private:
    /// How many of these bytes may leave; watches the requests that they belong to.
    std::size_t bytes_before_interruption(Bytes bytes) {
        std::size_t passed = 0;
        while (passed < bytes.size()) {
            if (reader_.state() == wire::RequestReader::State::complete) reader_.next();
            const bool in_head = reader_.state() == wire::RequestReader::State::reading_head;
            const auto step = reader_.push(bytes.subspan(passed));
            if (reader_.state() == wire::RequestReader::State::refused) return bytes.size();
            if (in_head && reader_.state() != wire::RequestReader::State::reading_head) {
                start_request();
            }
            body_bytes_ += step.data.size();
            passed += step.consumed;
            const std::uint64_t half = reader_.head().content_length / 2;
            const bool breaks_body = planned_ && planned_ != Interruption::answer_lost;
            if (breaks_body && body_bytes_ > half) {
                const auto surplus = static_cast<std::size_t>(body_bytes_ - half);
                body_bytes_ = half;
                return passed - surplus;
            }
        }
        return passed;
    }

    void start_request() {
        body_bytes_ = 0;
        planned_.reset();
        if (reader_.head().method == "PATCH") planned_ = state_->next_patch();
    }

    std::unexpected<Error> interrupt() {
        const std::uint64_t length = reader_.head().content_length;
        switch (*planned_) {
            case Interruption::cut_in_body:
                state_->happened.push_back(fmt::format(
                    "connection cut after {} of {} bytes of a PATCH", body_bytes_, length
                ));
                break;
            case Interruption::answer_lost:
                state_->happened.push_back(fmt::format(
                    "answer to a PATCH of {} bytes lost after the server stored it", length
                ));
                break;
            case Interruption::server_killed:
                state_->happened.push_back(fmt::format(
                    "server killed (SIGKILL) after {} of {} bytes of a PATCH, started anew on its "
                    "data",
                    body_bytes_,
                    length
                ));
                break;
        }
        planned_.reset();
        inner_->reset();
        return platform::fail({
            .code = Errc::connection_reset,
            .what = "the demo broke the connection on purpose",
            .where = inner_->peer(),
        });
    }

    std::unique_ptr<Transport> inner_;
    std::shared_ptr<State> state_;
    wire::RequestReader reader_{wire::FramingPolicy::strict_spec, wire::HttpLimits{}};
    std::optional<Interruption> planned_;
    std::uint64_t body_bytes_ = 0;
};

InterruptedNetwork::InterruptedNetwork(
    platform::Network& network,
    std::vector<PlannedInterruption> plan,
    std::function<void()> restart_server
)
    : network_(network),
      state_(std::make_shared<State>(std::move(plan), std::move(restart_server))) {}

InterruptedNetwork::~InterruptedNetwork() = default;

Result<std::unique_ptr<platform::Listener>> InterruptedNetwork::listen(
    const std::string& host, std::uint16_t port
) {
    return network_.listen(host, port);
}

net::awaitable<Result<std::unique_ptr<platform::Transport>>> InterruptedNetwork::connect(
    std::string host, std::uint16_t port, platform::Duration deadline
) {
    auto connected = co_await network_.connect(host, port, deadline);
    if (!connected) co_return std::unexpected(std::move(connected.error()));
    std::unique_ptr<platform::Transport> transport =
        std::make_unique<InterruptedTransport>(std::move(*connected), state_);
    co_return std::move(transport);
}

const std::vector<std::string>& InterruptedNetwork::happened() const noexcept {
    return state_->happened;
}

}  // namespace sfmkit::cli
