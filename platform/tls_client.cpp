#include "platform/tls_client.hpp"

#include "platform/openssl.hpp"
#include "platform/printable.hpp"
#include "platform/tls_transport.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sfmkit::platform {
namespace {

constexpr std::array<unsigned char, 9> protocol = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr std::size_t most_told = 300;  // of what a certificate says

/// The server is no partner for TLS of today, and will not be one in a minute.
constexpr std::array hopeless_reasons = {
    SSL_R_UNSUPPORTED_PROTOCOL,
    SSL_R_WRONG_VERSION_NUMBER,
    SSL_R_WRONG_SSL_VERSION,
    SSL_R_TLSV1_ALERT_PROTOCOL_VERSION,
    SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE,
    SSL_R_PACKET_LENGTH_TOO_LONG,
    SSL_R_NO_PROTOCOLS_AVAILABLE,
};

std::string text_of(BIO& writer) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(&writer, &data);
    return printable({data, static_cast<std::size_t>(size)}, most_told);
}

std::string issuer_of(const X509& certificate) {
    const Openssl<BIO> writer(BIO_new(BIO_s_mem()));
    constexpr unsigned long form = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
    X509_NAME_print_ex(writer.get(), X509_get_issuer_name(&certificate), 0, form);
    return text_of(*writer);
}

std::string print_time(const ASN1_TIME& time) {
    const Openssl<BIO> writer(BIO_new(BIO_s_mem()));
    ASN1_TIME_print(writer.get(), &time);
    return text_of(*writer);
}

/// The names and addresses that it is for.
std::string names_of(const X509& certificate) {
    const int place = X509_get_ext_by_NID(&certificate, NID_subject_alt_name, -1);
    if (place < 0) return "no name at all";
    const Openssl<BIO> writer(BIO_new(BIO_s_mem()));
    X509V3_EXT_print(writer.get(), X509_get_ext(&certificate, place), 0, 0);
    return text_of(*writer);
}

/// An address goes without a name into the handshake and is compared with addresses only.
bool is_address(const std::string& host) {
    const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> address(
        a2i_IPADDRESS(host.c_str()), &ASN1_OCTET_STRING_free
    );
    ERR_clear_error();
    return address != nullptr;
}

std::string without_dot(std::string host) {
    if (host.ends_with('.')) host.pop_back();
    return host;
}

/// Checks one server, and remembers what was wrong with its certificate.
class ServerCheck final : public TlsPeerCheck {
  public:
    ServerCheck(std::string host, std::string where)
        : host_(without_dot(std::move(host))), where_(std::move(where)) {}

    Result<void> prepare(ssl_st& ssl) override {
        bool ready = SSL_set_ex_data(&ssl, 0, this) == 1;
        SSL_set_hostflags(
            &ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
        );
        if (is_address(host_)) {
            X509_VERIFY_PARAM* const wanted = SSL_get0_param(&ssl);
            ready = ready && X509_VERIFY_PARAM_set1_ip_asc(wanted, host_.c_str()) == 1;
        } else {
            std::string name = host_;  // SSL_ctrl takes no constant
            constexpr int set_name = SSL_CTRL_SET_TLSEXT_HOSTNAME;
            ready = ready && SSL_set1_host(&ssl, name.c_str()) == 1 &&
                    SSL_ctrl(&ssl, set_name, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
        }
        if (ready) return {};
        return fail(
            {.code = Errc::usage,
             .what = "this is no name for TLS",
             .where = where_,
             .expected = "a host name or an address",
             .actual = drain_openssl_errors()}
        );
    }

    Error explain(int reason) const override {
        drain_openssl_errors();
        if (complaint_) return *complaint_;
        const bool hopeless = std::ranges::find(hopeless_reasons, reason) != hopeless_reasons.end();
        const char* const said = ERR_reason_error_string(ERR_PACK(ERR_LIB_SSL, 0, reason));
        return {
            .code = hopeless ? Errc::usage : Errc::connection_reset,
            .what = "the TLS handshake failed",
            .where = where_,
            .expected = "TLS 1.2 or 1.3",
            .actual = said == nullptr ? "something else" : said,
        };
    }

    void take_complaint(int code, const X509* certificate);

    /// OpenSSL calls it with each thing that is wrong; 0 ends the handshake.
    static int judge(int good, X509_STORE_CTX* store) {
        if (good == 1) return 1;
        const int place = SSL_get_ex_data_X509_STORE_CTX_idx();
        auto* const ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, place));
        auto* const check = static_cast<ServerCheck*>(SSL_get_ex_data(ssl, 0));
        check->take_complaint(
            X509_STORE_CTX_get_error(store), X509_STORE_CTX_get_current_cert(store)
        );
        return 0;
    }

  private:
    std::string host_;
    std::string where_;
    std::optional<Error> complaint_;
};

void ServerCheck::take_complaint(int code, const X509* certificate) {
    Error error{.code = Errc::unusable_key, .where = where_};
    error.next = "send nothing there until you know whose server it is";
    if (code == X509_V_ERR_CERT_HAS_EXPIRED && certificate != nullptr) {
        error.what = "the server's certificate has expired";
        error.expected = "one that is valid now";
        error.actual = "one that ended at " + print_time(*X509_get0_notAfter(certificate));
    } else if (code == X509_V_ERR_CERT_NOT_YET_VALID && certificate != nullptr) {
        error.what = "the server's certificate is not valid yet";
        error.expected = "one that is valid now";
        error.actual = "one that begins at " + print_time(*X509_get0_notBefore(certificate));
        error.next = "compare this machine's clock";
    } else if ((code == X509_V_ERR_HOSTNAME_MISMATCH || code == X509_V_ERR_IP_ADDRESS_MISMATCH) &&
               certificate != nullptr) {
        error.what = "the server's certificate is for another host";
        error.expected = host_;
        error.actual = names_of(*certificate);
    } else if (code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
               code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
               code == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE ||
               code == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
               code == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT) {
        error.what = "nobody who is trusted vouches for the server's certificate";
        error.expected = "an authority of --ca, or without it one that this system trusts";
        error.actual = certificate == nullptr ? "none" : "issued by " + issuer_of(*certificate);
        error.next = "--ca FILE with the authority's certificate, if you know whose it is";
    } else {
        error.what = "the server's certificate is not trusted";
        error.expected = "a certificate that passes every check";
        error.actual = X509_verify_cert_error_string(code);
    }
    complaint_ = std::move(error);
}

/// How many certificates the store took; none when one of them cannot be read.
std::size_t take_authorities(X509_STORE& store, const std::string& pem) {
    const Bytes bytes = as_bytes(pem);
    const Openssl<BIO> reader(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    std::size_t taken = 0;
    while (true) {
        const Openssl<X509> next(PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr));
        if (!next) break;
        if (X509_STORE_add_cert(&store, next.get()) != 1) return 0;
        ++taken;
    }
    const unsigned long reason = ERR_peek_last_error();
    const bool at_end =
        ERR_GET_LIB(reason) == ERR_LIB_PEM && ERR_GET_REASON(reason) == PEM_R_NO_START_LINE;
    return at_end ? taken : 0;
}

bool set_up(SSL_CTX& context) {
    SSL_CTX_set_options(&context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    return SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_alpn_protos(&context, protocol.data(), protocol.size()) == 0;
}

}  // namespace

TlsClientNetwork::TlsClientNetwork(Network& below, std::shared_ptr<ssl_ctx_st> context)
    : below_(below), context_(std::move(context)) {}

Result<std::unique_ptr<TlsClientNetwork>> TlsClientNetwork::make(
    Network& below, const TlsTrust& trust
) {
    ERR_clear_error();
    const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    bool ready = context && set_up(*context);
    if (ready && trust.authorities.empty()) {
        ready = SSL_CTX_set_default_verify_paths(context.get()) == 1;
    } else if (ready) {
        ready = take_authorities(*SSL_CTX_get_cert_store(context.get()), trust.authorities) > 0;
    }
    const std::string said = drain_openssl_errors();
    if (!ready) {
        return fail(
            {.code = Errc::unusable_key,
             .what = "there are no authorities to trust in it",
             .expected = "certificates as PEM",
             .actual = said.empty() ? "no certificate" : said}
        );
    }
    const int mode = trust.checks_server ? SSL_VERIFY_PEER : SSL_VERIFY_NONE;
    SSL_CTX_set_verify(context.get(), mode, trust.checks_server ? ServerCheck::judge : nullptr);
    return std::unique_ptr<TlsClientNetwork>(new TlsClientNetwork(below, context));
}

Result<std::unique_ptr<Listener>> TlsClientNetwork::listen(
    const std::string& host, std::uint16_t port
) {
    return below_.listen(host, port);
}

boost::asio::awaitable<Result<std::unique_ptr<Transport>>> TlsClientNetwork::connect(
    std::string host, std::uint16_t port, Duration deadline
) {
    ServerCheck check(host, host + ":" + std::to_string(port));
    auto below = co_await below_.connect(std::move(host), port, deadline);
    if (!below) co_return below;
    auto connected = co_await connect_tls(std::move(*below), context_, check, deadline);
    co_return connected;
}

}  // namespace sfmkit::platform
