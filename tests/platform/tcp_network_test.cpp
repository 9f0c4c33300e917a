#include "platform/tcp_network.hpp"

#include "platform/tls_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <sys/resource.h>

namespace sfmkit::platform {
namespace {

namespace net = boost::asio;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// One accepted connection and the one that called, on one thread.
class TcpPair : public testing::Test {
  protected:
    void SetUp() override {
        auto listening = network_.listen("127.0.0.1", 0);
        ASSERT_TRUE(listening) << describe(listening.error());
        listener_ = std::move(*listening);
        run(accept());
        run(call());
        while (!server_ || !client_) context_.run_one();
    }

    net::awaitable<void> accept() {
        auto accepted = co_await listener_->accept();
        if (accepted) server_ = std::move(*accepted);
    }

    net::awaitable<void> call() {
        auto connected = co_await network_.connect("127.0.0.1", listener_->port(), seconds(5));
        if (connected) client_ = std::move(*connected);
    }

    void run(net::awaitable<void> work) {
        net::co_spawn(context_, std::move(work), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
    }

    /// What one read on the server's side gives.
    Result<std::size_t> read_on_server(Duration limit) {
        std::optional<Result<std::size_t>> outcome;
        server_->set_deadline(limit);
        run(read_once(outcome));
        while (!outcome) context_.run_one();
        return *outcome;
    }

    net::awaitable<void> read_once(std::optional<Result<std::size_t>>& outcome) {
        outcome = co_await server_->read_some(buffer_);
    }

    net::awaitable<void> write_from_client(std::string_view text) {
        const auto written = co_await client_->write_all(as_bytes(text));
        EXPECT_TRUE(written);
    }

    /// Why nothing connects to this port; no error when something does.
    Error connect_error(std::uint16_t port) {
        std::optional<Error> error;
        run(connect_once(port, error));
        while (!error) context_.run_one();
        return *error;
    }

    net::awaitable<void> connect_once(std::uint16_t port, std::optional<Error>& error) {
        const auto connected = co_await network_.connect("127.0.0.1", port, seconds(5));
        error = connected ? Error{} : connected.error();
    }

    net::io_context context_{1};
    TcpNetwork network_{context_.get_executor()};
    std::unique_ptr<Listener> listener_;
    std::unique_ptr<Transport> server_;
    std::unique_ptr<Transport> client_;
    std::array<std::byte, 16> buffer_{};
};

TEST_F(TcpPair, ReadSome_GivesWhatTheOtherSideWrote) {
    run(write_from_client("hei"));
    EXPECT_EQ(read_on_server(seconds(5)).value(), 3U);
    EXPECT_EQ(as_text(Bytes(buffer_).first(3)), "hei");
}

TEST_F(TcpPair, ReadSome_AfterShutdownOfTheOtherSide_IsTheEnd) {
    client_->shutdown_send();
    EXPECT_EQ(read_on_server(seconds(5)).value(), 0U);
}

TEST_F(TcpPair, ReadSome_AfterResetOfTheOtherSide_IsConnectionReset) {
    client_->reset();
    const auto read = read_on_server(seconds(5));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::connection_reset);
}

TEST_F(TcpPair, ReadSome_WhenNothingComes_TimesOut) {
    const auto read = read_on_server(milliseconds(30));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::timeout);
}

TEST_F(TcpPair, Deadline_WhenDataKeepsComing_IsSetAnewForEveryOperation) {
    for (int i = 0; i < 4; ++i) {
        run(write_from_client("x"));
        EXPECT_EQ(read_on_server(milliseconds(200)).value(), 1U);
    }
}

TEST_F(TcpPair, Deadline_WhenMadeShorter_CountsForTheNextOperation) {
    run(write_from_client("first"));
    ASSERT_TRUE(read_on_server(seconds(20)));
    const auto begin = std::chrono::steady_clock::now();
    const auto outcome = read_on_server(milliseconds(50));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, Errc::timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(5));
}

TEST_F(TcpPair, Listen_OnATakenPort_IsAddressInUse) {
    const auto second = network_.listen("127.0.0.1", listener_->port());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::address_in_use);
}

TEST_F(TcpPair, Connect_WhereNobodyListens_IsUnreachable) {
    const std::uint16_t port = listener_->port();
    listener_->close();
    const Error error = connect_error(port);
    EXPECT_EQ(error.code, Errc::unreachable);
    EXPECT_EQ(error.actual.find("open files"), std::string::npos) << error.actual;
}

TEST_F(TcpPair, Connect_WithoutRoomForASocket_IsUnreachable) {
    // UBSan checks a type with a pipe the first time that it meets it, which has no room below.
    const std::uint16_t port = listener_->port();
    listener_->close();
    connect_error(port);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit none{0, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    const Error error = connect_error(port);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_EQ(error.code, Errc::unreachable);
    EXPECT_NE(error.actual.find("open files"), std::string::npos) << error.actual;
}

/// A client with TLS, and a server that speaks none.
class TlsCall : public TcpPair {
  protected:
    net::awaitable<void> accept_and_say(std::string words) {
        auto accepted = co_await listener_->accept();
        if (!accepted) co_return;
        server_ = std::move(*accepted);
        const Bytes bytes = as_bytes(words);
        (void)co_await server_->write_all(bytes);
    }
    net::awaitable<void> call_with_tls(Network& tls, std::optional<Error>& error) {
        auto connected = co_await tls.connect("127.0.0.1", listener_->port(), milliseconds(200));
        error = connected ? Error{} : connected.error();
    }
    Error error_after(const std::string& words) {
        auto tls = TlsClientNetwork::make(network_, {}).value();
        std::optional<Error> error;
        run(accept_and_say(words));
        run(call_with_tls(*tls, error));
        while (!error) context_.run_one();
        return *error;
    }
};

TEST_F(TlsCall, ServerThatSaysNothing_EndsAtTheDeadline) {
    EXPECT_EQ(error_after("").code, Errc::timeout);
}

TEST_F(TlsCall, ServerWithoutTls_IsNoServerForIt) {
    EXPECT_EQ(error_after("HTTP/1.1 400 Bad Request\r\n\r\n").code, Errc::usage);
}

TEST_F(TlsCall, TextWithoutCertificates_IsNoAuthority) {
    for (const char* text : {"nothing", "-----BEGIN CERTIFICATE-----\nMAA=\n"}) {
        const auto tls = TlsClientNetwork::make(network_, {.authorities = text});
        EXPECT_EQ(tls.error().code, Errc::unusable_key) << text;
    }
}

}  // namespace
}  // namespace sfmkit::platform
