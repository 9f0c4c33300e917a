#include "mockserver/admin/admin_server.hpp"

#include "mockserver/admin/routes.hpp"
#include "platform/log.hpp"
#include "wire/http_codec.hpp"

#include <boost/asio/co_spawn.hpp>

#include <array>
#include <exception>

namespace sfmkit::mockserver::admin {
namespace {

constexpr std::size_t most_body_bytes = 1 << 20;
constexpr std::size_t most_connections = 64;
constexpr platform::Duration patience = std::chrono::seconds(60);
constexpr platform::Duration look_every = std::chrono::milliseconds(50);
/// Proxies and browsers give up on a stream that says nothing for long.
constexpr platform::Duration longest_silence = std::chrono::seconds(15);

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 421:
            return "Misdirected Request";
        default:
            return "Service Unavailable";
    }
}

std::string print(const Answer& answer, bool head, bool keep_alive) {
    wire::HeaderFields fields;
    fields.add("Content-Type", answer.type);
    const bool stream = answer.events_after.has_value();
    if (!stream) fields.add("Content-Length", std::to_string(answer.body.size()));
    fields.add("Cache-Control", "no-store");
    fields.add("X-Content-Type-Options", "nosniff");
    if (!answer.policy.empty()) fields.add("Content-Security-Policy", answer.policy);
    if (!keep_alive || stream) fields.add("Connection", "close");
    std::string text = wire::print_response_head(answer.status, reason_of(answer.status), fields);
    if (!head && !stream) text += answer.body;
    return text;
}

void report(const std::exception_ptr& failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        platform::log_error(std::string("the admin API failed: ") + exception.what());
    }
}

}  // namespace

struct AdminServer::Connection {
    Connection(
        Desk& of,
        std::unique_ptr<platform::Transport> t,
        std::uint16_t on,
        std::shared_ptr<Running> r
    )
        : desk(of),
          transport(std::move(t)),
          port(on),
          running(std::move(r)),
          reader(wire::FramingPolicy::strict_spec, wire::HttpLimits{}) {
        transport->set_deadline(patience);
        ++running->connections;
    }
    ~Connection() { --running->connections; }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Desk& desk;
    std::unique_ptr<platform::Transport> transport;
    std::uint16_t port;
    std::shared_ptr<Running> running;
    wire::RequestReader reader;
    std::array<std::byte, 16384> window{};
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string body;
};

AdminServer::AdminServer(
    Desk& desk, platform::Network& network, boost::asio::any_io_executor executor
)
    : desk_(desk), network_(network), executor_(std::move(executor)) {}

AdminServer::~AdminServer() {
    running_->stopping = true;
}

platform::Result<void> AdminServer::listen(std::uint16_t port) {
    auto listener = network_.listen("127.0.0.1", port);
    if (!listener) return std::unexpected(listener.error());
    listener_ = std::move(*listener);
    return {};
}

void AdminServer::stop() {
    running_->stopping = true;
    if (listener_) listener_->close();
}

boost::asio::awaitable<void> AdminServer::run() {
    while (!running_->stopping) {
        auto accepted = co_await listener_->accept();
        if (!accepted) {
            if (accepted.error().code == platform::Errc::cancelled) co_return;
            co_await desk_.clock.sleep_for(look_every);
            continue;
        }
        if (running_->connections >= most_connections) {
            (*accepted)->reset();
            continue;
        }
        auto connection =
            std::make_shared<Connection>(desk_, std::move(*accepted), listener_->port(), running_);
        boost::asio::co_spawn(executor_, serve(std::move(connection)), report);
    }
}

boost::asio::awaitable<void> AdminServer::serve(std::shared_ptr<Connection> connection) {
    while (!connection->running->stopping) {
        const bool goes_on = co_await serve_request(*connection);
        if (!goes_on) break;
        connection->reader.next();
    }
    connection->transport->close();
}

boost::asio::awaitable<bool> AdminServer::serve_request(Connection& connection) {
    using State = wire::RequestReader::State;
    wire::RequestReader& reader = connection.reader;
    connection.body.clear();
    bool too_long = false;
    while (reader.state() != State::complete && reader.state() != State::refused && !too_long) {
        if (connection.begin == connection.end) {
            const auto count = co_await connection.transport->read_some(connection.window);
            if (!count || *count == 0) co_return false;
            connection.begin = 0;
            connection.end = *count;
        }
        const platform::Bytes input =
            platform::Bytes(connection.window)
                .subspan(connection.begin, connection.end - connection.begin);
        const auto step = reader.push(input);
        connection.begin += step.consumed;
        connection.body += platform::as_text(step.data);
        too_long = connection.body.size() > most_body_bytes;
    }
    Answer given;
    bool head = false;
    bool keep_alive = false;
    if (reader.state() == State::refused) {
        given = refuse(400, reader.refusal().text, "an HTTP/1.1 request", reader.refusal().id, "");
    } else if (too_long) {
        given = refuse(413, "the body is too long", "at most a mebibyte", "more", "send less");
    } else {
        Request request = read_target(reader.head().method, reader.head().target);
        request.fields = reader.head().fields;
        request.body = std::move(connection.body);
        head = request.method == "HEAD";
        keep_alive = reader.head().keep_alive && !connection.running->stopping;
        given = answer(connection.desk, request, connection.port);
    }
    const std::string text = print(given, head, keep_alive);
    const auto sent = co_await connection.transport->write_all(platform::as_bytes(text));
    if (!sent) co_return false;
    if (given.events_after && !head) {
        const std::uint64_t after = *given.events_after;
        co_await stream(connection, after);
        co_return false;
    }
    if (!keep_alive) connection.transport->shutdown_send();
    co_return keep_alive;
}

/// Until the client leaves. Whoever reads too slowly waits here alone, and misses the oldest.
boost::asio::awaitable<void> AdminServer::stream(Connection& connection, std::uint64_t after) {
    platform::SteadyTime last = connection.desk.clock.steady_now();
    while (!connection.running->stopping) {
        std::string text;
        while (const auto* event = connection.desk.live.after(after)) {
            text += print_event(*event);
            after = event->id;
        }
        const platform::SteadyTime now = connection.desk.clock.steady_now();
        if (text.empty() && now - last > longest_silence) text = ": still here\n\n";
        if (text.empty()) {
            if (connection.transport->other_side_ended()) co_return;
            co_await connection.desk.clock.sleep_for(look_every);
            continue;
        }
        last = now;
        const auto sent = co_await connection.transport->write_all(platform::as_bytes(text));
        if (!sent) co_return;
    }
}

}  // namespace sfmkit::mockserver::admin
