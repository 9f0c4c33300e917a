#include "platform/tls_transport.hpp"

#include "platform/assert.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sfmkit::platform {
namespace {

namespace net = boost::asio;

constexpr Duration time_to_accept = std::chrono::seconds(10);
constexpr std::size_t piece_bytes = 16 * 1024;  // of one TLS record
constexpr std::size_t written_at_once = 4 * piece_bytes;

struct SslDeleter {
    void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
};

/// OpenSSL reads from one memory and writes to another; this carries their bytes to and fro.
class TlsTransport final : public Transport {
  public:
    TlsTransport(
        std::unique_ptr<Transport> below,
        std::shared_ptr<SSL_CTX> context,
        Duration handshake_time,
        TlsFault fault
    )
        : below_(std::move(below)),
          context_(std::move(context)),
          fault_(fault),
          ssl_(SSL_new(context_.get())),
          in_(BIO_new(BIO_s_mem())),
          out_(BIO_new(BIO_s_mem())),
          began_(std::chrono::steady_clock::now()),
          handshake_time_(handshake_time) {
        SFM_ASSERT(ssl_ != nullptr && in_ != nullptr && out_ != nullptr);
        BIO_set_mem_eof_return(in_, -1);
        SSL_set_bio(ssl_.get(), in_, out_);
        SSL_set_accept_state(ssl_.get());
    }
    SSL& ssl() noexcept { return *ssl_; }

    /// The client's side, to its end; false when OpenSSL refuses what the server says.
    net::awaitable<Result<bool>> handshake() {
        SSL_set_connect_state(ssl_.get());
        below_->set_deadline(handshake_time_);
        while (true) {
            ERR_clear_error();
            const int done = SSL_do_handshake(ssl_.get());
            const int why = SSL_get_error(ssl_.get(), done);
            const unsigned long reason = ERR_peek_error();
            note_handshake();
            const auto sent = co_await flush();
            if (done == 1 && !sent) co_return std::unexpected(sent.error());
            if (done == 1) co_return true;
            if (why != SSL_ERROR_WANT_READ) {
                refusal_ = ERR_GET_REASON(reason);
                co_return false;
            }
            if (!sent) co_return std::unexpected(sent.error());
            const auto fed = co_await feed();
            if (!fed) co_return std::unexpected(fed.error());
            if (*fed == 0) co_return fail(ended_in_handshake());
        }
    }
    /// OpenSSL's reason when handshake() said false.
    int refusal() const noexcept { return refusal_; }
    TlsTransport(const TlsTransport&) = delete;
    TlsTransport& operator=(const TlsTransport&) = delete;
    ~TlsTransport() override { close(); }

    void set_deadline(Duration per_operation) override {
        limit_ = per_operation;
        below_->set_deadline(limit_);
    }

    net::awaitable<Result<std::size_t>> read_some(MutableBytes target) override {
        while (true) {
            std::size_t count = 0;
            ERR_clear_error();
            const int done = SSL_read_ex(ssl_.get(), target.data(), target.size(), &count);
            const int why = SSL_get_error(ssl_.get(), done);
            Error broken = failure("cannot read from the connection");
            note_handshake();
            const auto sent = co_await flush();
            if (done == 1) co_return count;
            if (why == SSL_ERROR_ZERO_RETURN) co_return std::size_t{0};
            if (why != SSL_ERROR_WANT_READ) co_return std::unexpected(std::move(broken));
            if (!sent) co_return std::unexpected(sent.error());
            const auto fed = co_await feed();
            if (!fed) co_return std::unexpected(fed.error());
            // Many clients end the connection without the end of TLS; HTTP has lengths of its own.
            if (*fed == 0) co_return std::size_t{0};
        }
    }

    net::awaitable<Result<void>> readable() override {
        if (SSL_has_pending(ssl_.get()) == 1 || BIO_ctrl_pending(in_) > 0) {
            co_return Result<void>();
        }
        if (auto left = limit_handshake(); !left) co_return left;
        co_return co_await below_->readable();
    }

    net::awaitable<Result<void>> write_all(Bytes bytes) override {
        while (!bytes.empty()) {
            const Bytes piece = bytes.first(std::min(bytes.size(), written_at_once));
            std::size_t count = 0;
            ERR_clear_error();
            const int done = SSL_write_ex(ssl_.get(), piece.data(), piece.size(), &count);
            Error broken = failure("cannot write to the connection");
            if (done != 1) co_return std::unexpected(std::move(broken));
            const auto sent = co_await flush();
            if (!sent) co_return sent;
            bytes = bytes.subspan(count);
        }
        co_return Result<void>();
    }

    bool other_side_ended() const noexcept override { return below_->other_side_ended(); }

    void shutdown_send() noexcept override {
        say_goodbye();
        below_->shutdown_send();
    }

    void close() noexcept override {
        say_goodbye();
        below_->close();
    }

    void reset() noexcept override {
        said_goodbye_ = true;
        below_->reset();
    }

    std::string peer() const override { return below_->peer(); }

  private:
    /// Takes OpenSSL's reasons, which belong to the call before.
    Error failure(const char* what) const {
        return {
            .code = Errc::connection_reset,
            .what = what,
            .where = below_->peer(),
            .expected = "TLS 1.2 or 1.3",
            .actual = drain_openssl_errors(),
        };
    }

    Error ended_in_handshake() const {
        return {
            .code = Errc::connection_closed,
            .what = "the other side ended the connection in the TLS handshake",
            .where = below_->peer(),
            .expected = "TLS 1.2 or 1.3",
        };
    }

    void note_handshake() {
        if (established_ || SSL_is_init_finished(ssl_.get()) != 1) return;
        established_ = true;
        below_->set_deadline(limit_);
    }

    /// What is left of its time is the deadline of the next operation.
    Result<void> limit_handshake() {
        if (established_ || fault_ == TlsFault::stall_handshake) return {};
        const auto spent =
            std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - began_);
        if (spent >= handshake_time_) {
            return fail({
                .code = Errc::timeout,
                .what = "the TLS handshake takes too long",
                .where = below_->peer(),
            });
        }
        below_->set_deadline(std::min(limit_, handshake_time_ - spent));
        return {};
    }

    /// Gives OpenSSL what came; 0 when the other side ended its sending.
    net::awaitable<Result<std::size_t>> feed() {
        if (auto left = limit_handshake(); !left) co_return std::unexpected(left.error());
        std::array<std::byte, piece_bytes> piece;
        while (true) {
            const MutableBytes target(piece);
            const auto count = co_await below_->read_some(target);
            if (!count || *count == 0) co_return count;
            if (fault_ == TlsFault::stall_handshake) continue;
            std::size_t taken = 0;
            SFM_ASSERT(BIO_write_ex(in_, piece.data(), *count, &taken) == 1 && taken == *count);
            co_return *count;
        }
    }

    ByteBuffer take_outgoing() {
        ByteBuffer bytes(BIO_ctrl_pending(out_));
        std::size_t count = 0;
        if (!bytes.empty()) (void)BIO_read_ex(out_, bytes.data(), bytes.size(), &count);
        SFM_ASSERT(count == bytes.size());
        return bytes;
    }

    /// Sends what OpenSSL wrote. Whoever is at it takes along what another adds meanwhile.
    net::awaitable<Result<void>> flush() {
        if (flushing_) co_return Result<void>();
        flushing_ = true;
        Result<void> sent;
        while (sent && BIO_ctrl_pending(out_) > 0) {
            const ByteBuffer bytes = take_outgoing();
            const Bytes view(bytes);
            auto result = co_await below_->write_all(view);
            sent = std::move(result);
        }
        flushing_ = false;
        co_return sent;
    }

    /// close_notify, as far as that goes without waiting.
    void say_goodbye() noexcept {
        if (std::exchange(said_goodbye_, true)) return;
        if (!established_ || flushing_ || fault_ == TlsFault::no_close_notify) return;
        ERR_clear_error();
        (void)SSL_shutdown(ssl_.get());
        ERR_clear_error();
        const ByteBuffer bytes = take_outgoing();
        below_->write_now(bytes);
    }

    std::unique_ptr<Transport> below_;
    std::shared_ptr<SSL_CTX> context_;
    TlsFault fault_;
    std::unique_ptr<SSL, SslDeleter> ssl_;
    BIO* in_;   ///< of ssl_
    BIO* out_;  ///< of ssl_
    std::chrono::steady_clock::time_point began_;
    Duration handshake_time_;
    Duration limit_ = std::chrono::seconds(30);
    int refusal_ = 0;
    bool established_ = false;
    bool flushing_ = false;
    bool said_goodbye_ = false;
};

}  // namespace

std::unique_ptr<Transport> accept_tls(
    std::unique_ptr<Transport> below, std::shared_ptr<ssl_ctx_st> context, TlsFault fault
) {
    return std::make_unique<TlsTransport>(
        std::move(below), std::move(context), time_to_accept, fault
    );
}

net::awaitable<Result<std::unique_ptr<Transport>>> connect_tls(
    std::unique_ptr<Transport> below,
    std::shared_ptr<ssl_ctx_st> context,
    TlsPeerCheck& check,
    Duration deadline
) {
    auto transport = std::make_unique<TlsTransport>(
        std::move(below), std::move(context), deadline, TlsFault::none
    );
    if (auto prepared = check.prepare(transport->ssl()); !prepared) {
        co_return std::unexpected(std::move(prepared.error()));
    }
    const auto agreed = co_await transport->handshake();
    if (!agreed) co_return std::unexpected(agreed.error());
    if (!*agreed) co_return fail(check.explain(transport->refusal()));
    std::unique_ptr<Transport> connected = std::move(transport);
    co_return std::move(connected);
}

}  // namespace sfmkit::platform
