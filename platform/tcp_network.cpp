#include "platform/tcp_network.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <optional>
#include <poll.h>
#include <utility>

namespace sfmkit::platform {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

constexpr auto token = net::as_tuple(net::use_awaitable);

Errc kind_of(const error_code& code) {
    if (code == net::error::connection_reset || code == net::error::broken_pipe) {
        return Errc::connection_reset;
    }
    if (code == net::error::operation_aborted || code == net::error::bad_descriptor) {
        return Errc::cancelled;
    }
    if (code == net::error::eof) return Errc::connection_closed;
    if (code == net::error::timed_out) return Errc::timeout;
    if (code == net::error::address_in_use) return Errc::address_in_use;
    if (code == net::error::access_denied) return Errc::not_permitted;
    return Errc::input_output;
}

std::unexpected<Error> failure(const error_code& code, const char* what, const std::string& where) {
    return fail({.code = kind_of(code), .what = what, .where = where, .actual = code.message()});
}

/// The socket with one timer for all its deadlines. Operations only note when they must be done;
/// the timer looks now and then, which is cheaper than arming a timer for every operation.
/// Shared, because a pending timer handler may outlive the transport.
struct WatchedSocket : std::enable_shared_from_this<WatchedSocket> {
    using Time = std::chrono::steady_clock::time_point;

    explicit WatchedSocket(tcp::socket s) : socket(std::move(s)), timer(socket.get_executor()) {}

    Time start(std::optional<Time>& pending) {
        const Time deadline = std::chrono::steady_clock::now() + limit;
        pending = deadline;
        // A shorter limit than before must not wait for the look that the longer one arranged.
        if (!watching || deadline < watched_until) watch(deadline);
        return deadline;
    }

    void watch(Time until) {
        watching = true;
        watched_until = until;
        timer.expires_at(until);
        timer.async_wait([self = shared_from_this()](error_code code) { self->look(code); });
    }

    void look(error_code code) {
        if (code) return;  // another look was arranged, or the socket is gone
        watching = false;
        if (!socket.is_open()) return;
        if (!reading && !writing) return;
        const Time earliest =
            std::min(reading.value_or(Time::max()), writing.value_or(Time::max()));
        if (earliest <= std::chrono::steady_clock::now()) {
            expired = true;
            error_code ignored;
            socket.close(ignored);
            return;
        }
        watch(earliest);
    }

    std::unexpected<Error> explain(const error_code& code, const char* what) const {
        if (!expired) return failure(code, what, peer);
        return fail({
            .code = Errc::timeout,
            .what = what,
            .where = peer,
            .expected = "progress within " + std::to_string(limit.count()) + " ms",
            .actual = "none",
        });
    }

    tcp::socket socket;
    net::steady_timer timer;
    std::string peer;
    Duration limit = std::chrono::seconds(30);
    std::optional<Time> reading;
    std::optional<Time> writing;
    bool watching = false;
    Time watched_until{};
    bool expired = false;
};

std::string describe_endpoint(const tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    const std::string host = endpoint.address().is_v6() ? "[" + address + "]" : address;
    return host + ":" + std::to_string(endpoint.port());
}

class TcpTransport final : public Transport {
  public:
    explicit TcpTransport(tcp::socket socket)
        : watched_(std::make_shared<WatchedSocket>(std::move(socket))) {
        error_code ignored;
        watched_->socket.set_option(tcp::no_delay(true), ignored);
        const tcp::endpoint remote = watched_->socket.remote_endpoint(ignored);
        watched_->peer = describe_endpoint(remote);
    }
    TcpTransport(const TcpTransport&) = delete;
    TcpTransport& operator=(const TcpTransport&) = delete;
    ~TcpTransport() override { close(); }

    void set_deadline(Duration per_operation) override { watched_->limit = per_operation; }

    net::awaitable<Result<std::size_t>> read_some(MutableBytes target) override {
        const std::shared_ptr<WatchedSocket> watched = watched_;
        watched->start(watched->reading);
        const net::mutable_buffer buffer(target.data(), target.size());
        const auto [code, count] = co_await watched->socket.async_read_some(buffer, token);
        watched->reading.reset();
        if (code == net::error::eof) co_return std::size_t{0};
        if (code) co_return watched->explain(code, "cannot read from the connection");
        co_return count;
    }

    net::awaitable<Result<void>> readable() override {
        const std::shared_ptr<WatchedSocket> watched = watched_;
        watched->start(watched->reading);
        const auto [code] = co_await watched->socket.async_wait(tcp::socket::wait_read, token);
        watched->reading.reset();
        if (code) co_return watched->explain(code, "cannot read from the connection");
        co_return Result<void>();
    }

    net::awaitable<Result<void>> write_all(Bytes bytes) override {
        const std::shared_ptr<WatchedSocket> watched = watched_;
        net::const_buffer buffer(bytes.data(), bytes.size());
        while (buffer.size() > 0) {
            watched->start(watched->writing);
            const auto [code, count] = co_await watched->socket.async_write_some(buffer, token);
            watched->writing.reset();
            if (code) co_return watched->explain(code, "cannot write to the connection");
            buffer += count;
        }
        co_return Result<void>();
    }

    void write_now(Bytes bytes) noexcept override {
        if (bytes.empty()) return;
        error_code ignored;
        watched_->socket.non_blocking(true, ignored);
        if (ignored) return;
        watched_->socket.write_some(net::const_buffer(bytes.data(), bytes.size()), ignored);
    }

    bool other_side_ended() const noexcept override {
#ifdef POLLRDHUP
        pollfd asked{.fd = watched_->socket.native_handle(), .events = POLLRDHUP, .revents = 0};
        return ::poll(&asked, 1, 0) > 0;
#else
        return false;
#endif
    }

    void shutdown_send() noexcept override {
        error_code ignored;
        watched_->socket.shutdown(tcp::socket::shutdown_send, ignored);
    }

    void close() noexcept override {
        error_code ignored;
        watched_->socket.shutdown(tcp::socket::shutdown_both, ignored);
        watched_->socket.close(ignored);
        watched_->timer.cancel(ignored);
    }

    void reset() noexcept override {
        error_code ignored;
        // Lingering for no time makes the system send RST instead of FIN.
        watched_->socket.set_option(tcp::socket::linger(true, 0), ignored);
        watched_->socket.close(ignored);
        watched_->timer.cancel(ignored);
    }

    std::string peer() const override { return watched_->peer; }

  private:
    std::shared_ptr<WatchedSocket> watched_;
};

class TcpListener final : public Listener {
  public:
    explicit TcpListener(tcp::acceptor acceptor) : acceptor_(std::move(acceptor)) {
        error_code ignored;
        const tcp::endpoint local = acceptor_.local_endpoint(ignored);
        port_ = local.port();
        where_ = describe_endpoint(local);
    }

    net::awaitable<Result<std::unique_ptr<Transport>>> accept() override {
        auto [code, socket] = co_await acceptor_.async_accept(token);
        if (code) co_return failure(code, "cannot accept a connection", where_);
        std::unique_ptr<Transport> transport = std::make_unique<TcpTransport>(std::move(socket));
        co_return std::move(transport);
    }

    std::uint16_t port() const override { return port_; }

    void close() noexcept override {
        error_code ignored;
        acceptor_.close(ignored);
    }

  private:
    tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    std::string where_;
};

Result<std::unique_ptr<Listener>> listen_at(
    const net::any_io_executor& executor, const tcp::endpoint& endpoint
) {
    error_code code;
    tcp::acceptor acceptor(executor);
    acceptor.open(endpoint.protocol(), code);
    if (!code) acceptor.set_option(tcp::acceptor::reuse_address(true), code);
    if (!code) acceptor.bind(endpoint, code);
    if (!code) acceptor.listen(tcp::acceptor::max_listen_connections, code);
    if (code) return failure(code, "cannot listen", describe_endpoint(endpoint));
    return std::make_unique<TcpListener>(std::move(acceptor));
}

}  // namespace

TcpNetwork::TcpNetwork(net::any_io_executor executor) : executor_(std::move(executor)) {}

Result<std::unique_ptr<Listener>> TcpNetwork::listen(const std::string& host, std::uint16_t port) {
    error_code code;
    tcp::resolver resolver(executor_);
    const auto flags = tcp::resolver::passive | tcp::resolver::numeric_service;
    const auto found = resolver.resolve(host, std::to_string(port), flags, code);
    if (code) {
        return fail({
            .code = Errc::usage,
            .what = "cannot listen at this host",
            .where = host,
            .expected = "an address or name of this machine, e.g. 127.0.0.1",
            .actual = code.message(),
        });
    }
    return listen_at(executor_, found.begin()->endpoint());
}

net::awaitable<Result<std::unique_ptr<Transport>>> TcpNetwork::connect(
    std::string host, std::uint16_t port, Duration deadline
) {
    const std::string where = host + ":" + std::to_string(port);
    const std::string service = std::to_string(port);
    tcp::resolver resolver(executor_);
    const auto [resolve_code, found] = co_await resolver.async_resolve(host, service, token);
    Error error;
    error.code = Errc::unreachable;
    error.what = "cannot connect";
    error.where = where;
    error.actual = resolve_code.message();
    if (resolve_code) co_return std::unexpected(std::move(error));
    const auto started = std::chrono::steady_clock::now();
    for (const auto& candidate : found) {
        const auto watched = std::make_shared<WatchedSocket>(tcp::socket(executor_));
        const auto spent =
            std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - started);
        watched->limit = std::max(deadline - spent, Duration(1));
        const tcp::endpoint endpoint = candidate.endpoint();
        error_code open_code;
        watched->socket.open(endpoint.protocol(), open_code);
        error.actual = open_code.message();
        if (open_code) continue;  // e.g. a kind of address that this machine does not have
        watched->start(watched->writing);
        const auto [code] = co_await watched->socket.async_connect(endpoint, token);
        watched->writing.reset();
        error.actual = watched->expired ? "no answer in time" : code.message();
        watched->timer.cancel();  // else it would keep an idle io_context alive
        if (code) continue;
        tcp::socket connected = std::move(watched->socket);
        std::unique_ptr<Transport> transport = std::make_unique<TcpTransport>(std::move(connected));
        co_return std::move(transport);
    }
    co_return std::unexpected(std::move(error));
}

}  // namespace sfmkit::platform
