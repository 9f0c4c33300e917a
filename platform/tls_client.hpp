#pragma once

#include "platform/transport.hpp"

#include <memory>
#include <string>

// openssl/types.h leaves this to openssl/ssl.h.
struct ssl_ctx_st;

namespace sfmkit::platform {

/// Whom a client believes.
struct TlsTrust {
    std::string authorities{};  ///< their certificates as PEM; empty: those of this system
    bool checks_server = true;  ///< false: whoever answers is believed
};

/// Connections that are made speak TLS 1.2 or 1.3 over those of another network, to a server whose
/// certificate is valid, of a trusted authority, and for the name or address that was asked for
/// (RFC 9525: only names of its list count). Listening is as the network below does it.
class TlsClientNetwork final : public Network {
  public:
    /// The network below must outlive this. Errc::unusable_key when the authorities cannot be read.
    static Result<std::unique_ptr<TlsClientNetwork>> make(Network& below, const TlsTrust& trust);

    Result<std::unique_ptr<Listener>> listen(const std::string& host, std::uint16_t port) override;
    /// The deadline is for the connection and the handshake, each. Errc::unusable_key when the
    /// certificate is not trusted, Errc::usage when the server speaks no TLS of today: neither
    /// passes by itself.
    boost::asio::awaitable<Result<std::unique_ptr<Transport>>> connect(
        std::string host, std::uint16_t port, Duration deadline
    ) override;

  private:
    TlsClientNetwork(Network& below, std::shared_ptr<ssl_ctx_st> context);

    Network& below_;
    std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace sfmkit::platform
