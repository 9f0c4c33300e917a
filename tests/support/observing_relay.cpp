#include "tests/support/observing_relay.hpp"

#include "wire/http_codec.hpp"

#include <boost/asio/co_spawn.hpp>

#include <array>
#include <exception>
#include <map>
#include <stdexcept>
#include <utility>

namespace sfmkit::test {

namespace net = boost::asio;
using platform::Bytes;

namespace {

void rethrow(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

}  // namespace

struct ObservingRelay::State {
    platform::Network& network;
    net::any_io_executor executor;
    std::uint16_t upstream_port;
    Observer observer;
    std::unique_ptr<platform::Listener> listener{};
    std::map<std::string, std::uint64_t> requests{};
};

struct ObservingRelay::Connection {
    std::unique_ptr<platform::Transport> client;
    std::unique_ptr<platform::Transport> server{};
    wire::RequestReader reader{wire::FramingPolicy::tusdotnet, wire::HttpLimits{}};
    RequestProgress progress{};

    void note(State& state, Bytes passed) {
        while (!passed.empty()) {
            if (reader.state() == wire::RequestReader::State::complete) {
                reader.next();
                progress = {};
            }
            const auto step = reader.push(passed);
            if (reader.state() == wire::RequestReader::State::refused) return;
            passed = passed.subspan(step.consumed);
            progress.body_bytes += step.data.size();
            if (reader.state() == wire::RequestReader::State::reading_head) continue;
            if (progress.number == 0) progress.number = ++state.requests[reader.head().method];
            progress.method = reader.head().method;
            progress.target = reader.head().target;
            progress.content_length = reader.head().content_length;
        }
    }

    void cut() {
        client->reset();
        if (server) server->reset();
    }
};

ObservingRelay::ObservingRelay(
    platform::Network& network,
    net::any_io_executor executor,
    std::uint16_t upstream_port,
    Observer observer
)
    : state_(
          std::make_shared<State>(network, std::move(executor), upstream_port, std::move(observer))
      ) {
    auto listening = network.listen("127.0.0.1", 0);
    if (!listening) throw std::runtime_error(platform::describe(listening.error()));
    state_->listener = std::move(*listening);
    net::co_spawn(state_->executor, accept_all(state_), rethrow);
}

ObservingRelay::~ObservingRelay() {
    state_->listener->close();
}

std::uint16_t ObservingRelay::port() const {
    return state_->listener->port();
}

net::awaitable<void> ObservingRelay::accept_all(std::shared_ptr<State> state) {
    for (;;) {
        auto accepted = co_await state->listener->accept();
        if (!accepted) co_return;
        auto connection = std::make_shared<Connection>(std::move(*accepted));
        net::co_spawn(state->executor, serve(state, std::move(connection)), rethrow);
    }
}

net::awaitable<void> ObservingRelay::serve(
    std::shared_ptr<State> state, std::shared_ptr<Connection> connection
) {
    constexpr platform::Duration limit = std::chrono::seconds(5);
    auto connected = co_await state->network.connect("127.0.0.1", state->upstream_port, limit);
    if (!connected) {
        connection->cut();
        co_return;
    }
    connection->server = std::move(*connected);
    net::co_spawn(state->executor, pass_answers(state, connection), rethrow);
    co_await pass_requests(state, connection);
}

net::awaitable<void> ObservingRelay::pass_requests(
    std::shared_ptr<State> state, std::shared_ptr<Connection> connection
) {
    std::array<std::byte, 16384> buffer{};
    for (;;) {
        const auto count = co_await connection->client->read_some(buffer);
        if (!count) break;
        if (*count == 0) {
            connection->server->shutdown_send();
            co_return;
        }
        const Bytes piece = Bytes(buffer).first(*count);
        const auto passed = co_await connection->server->write_all(piece);
        if (!passed) break;
        connection->note(*state, piece);
        if (!state->observer(connection->progress)) break;
    }
    connection->cut();
}

net::awaitable<void> ObservingRelay::pass_answers(
    std::shared_ptr<State> state, std::shared_ptr<Connection> connection
) {
    std::array<std::byte, 16384> buffer{};
    for (;;) {
        const auto count = co_await connection->server->read_some(buffer);
        if (!count) break;
        if (*count == 0) {
            connection->client->shutdown_send();
            co_return;
        }
        const Bytes piece = Bytes(buffer).first(*count);
        connection->progress.answer += platform::as_text(piece);
        if (!state->observer(connection->progress)) break;
        const auto passed = co_await connection->client->write_all(piece);
        if (!passed) break;
    }
    connection->cut();
}

}  // namespace sfmkit::test
