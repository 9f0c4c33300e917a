#include "platform/tls_network.hpp"

#include "platform/tls_transport.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <string_view>
#include <utility>

namespace sfmkit::platform {
namespace {

/// Those of ingress-nginx, which stands in front of the real importer.
constexpr const char* ciphers_of_tls_1_2 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

constexpr std::string_view protocol = "\x08http/1.1";  // as ALPN lists it: behind its length

Openssl<BIO> reader_of(Bytes bytes) {
    return Openssl<BIO>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

bool use_certificates(SSL_CTX& context, const std::string& pem) {
    const auto reader = reader_of(as_bytes(pem));
    const Openssl<X509> own(PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr));
    if (!own || SSL_CTX_use_certificate(&context, own.get()) != 1) return false;
    while (true) {
        const Openssl<X509> next(PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr));
        if (!next) break;
        if (SSL_CTX_add1_chain_cert(&context, next.get()) != 1) return false;
    }
    ERR_clear_error();  // the end of the text is told as an error
    return true;
}

bool use_key(SSL_CTX& context, const SecretBytes& pem) {
    const auto reader = reader_of(pem.view());
    const Openssl<EVP_PKEY> key(PEM_read_bio_PrivateKey(reader.get(), nullptr, nullptr, nullptr));
    return key && SSL_CTX_use_PrivateKey(&context, key.get()) == 1 &&
           SSL_CTX_check_private_key(&context) == 1;
}

int choose_protocol(
    SSL* /*ssl*/,
    const unsigned char** chosen,
    unsigned char* length,
    const unsigned char* offered,
    unsigned int offered_bytes,
    void* /*unused*/
) {
    const auto* const ours = reinterpret_cast<const unsigned char*>(protocol.data());
    const auto ours_bytes = static_cast<unsigned int>(protocol.size());
    unsigned char* found = nullptr;
    const int outcome =
        SSL_select_next_proto(&found, length, ours, ours_bytes, offered, offered_bytes);
    *chosen = found;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

bool set_up(SSL_CTX& context) {
    SSL_CTX_set_options(
        &context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE
    );
    SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(&context, choose_protocol, nullptr);
    std::string groups = "X25519:P-256:P-384";  // not const: OpenSSL's macro casts it away
    constexpr std::array<unsigned char, 6> name = {'s', 'f', 'm', 'k', 'i', 't'};
    return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(&context, ciphers_of_tls_1_2) == 1 &&
           SSL_CTX_set1_groups_list(&context, groups.data()) == 1 &&
           SSL_CTX_set_max_early_data(&context, 0) == 1 &&
           SSL_CTX_set_session_id_context(&context, name.data(), name.size()) == 1;
}

class TlsListener final : public Listener {
  public:
    TlsListener(
        std::unique_ptr<Listener> below, std::shared_ptr<ssl_ctx_st> context, TlsFault fault
    )
        : below_(std::move(below)), context_(std::move(context)), fault_(fault) {}

    boost::asio::awaitable<Result<std::unique_ptr<Transport>>> accept() override {
        auto accepted = co_await below_->accept();
        if (!accepted) co_return std::unexpected(accepted.error());
        co_return accept_tls(std::move(*accepted), context_, fault_);
    }
    std::uint16_t port() const override { return below_->port(); }
    void close() noexcept override { below_->close(); }

  private:
    std::unique_ptr<Listener> below_;
    std::shared_ptr<ssl_ctx_st> context_;
    TlsFault fault_;
};

}  // namespace

TlsNetwork::TlsNetwork(Network& below, std::shared_ptr<ssl_ctx_st> context, TlsFault fault)
    : below_(below), context_(std::move(context)), fault_(fault) {}

Result<std::unique_ptr<TlsNetwork>> TlsNetwork::make(
    Network& below, const TlsIdentity& identity, TlsFault fault
) {
    ERR_clear_error();
    const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    const bool usable = context && set_up(*context) &&
                        use_certificates(*context, identity.certificates) &&
                        use_key(*context, identity.key);
    if (!usable) {
        return fail({
            .code = Errc::unusable_key,
            .what = "certificate and key cannot be used for TLS",
            .where = "server certificate",
            .expected = "a certificate and its private key as PEM",
            .actual = drain_openssl_errors(),
        });
    }
    return std::unique_ptr<TlsNetwork>(new TlsNetwork(below, context, fault));
}

Result<std::unique_ptr<Listener>> TlsNetwork::listen(const std::string& host, std::uint16_t port) {
    auto below = below_.listen(host, port);
    if (!below) return below;
    return std::make_unique<TlsListener>(std::move(*below), context_, fault_);
}

boost::asio::awaitable<Result<std::unique_ptr<Transport>>> TlsNetwork::connect(
    std::string host, std::uint16_t port, Duration deadline
) {
    co_return co_await below_.connect(std::move(host), port, deadline);
}

}  // namespace sfmkit::platform
