#pragma once

#include "platform/openssl.hpp"
#include "platform/transport.hpp"

#include <memory>
#include <string>

// openssl/types.h leaves this to openssl/ssl.h.
struct ssl_ctx_st;

namespace sfmkit::platform {

/// What a server shows and signs with, as PEM: its certificate, then those that vouch for it, and
/// the private key.
struct TlsIdentity {
    std::string certificates{};
    SecretBytes key{};
};

/// How TLS goes wrong on purpose.
enum class TlsFault {
    none,
    no_close_notify,  ///< the connection ends without the end of TLS
    stall_handshake   ///< the ClientHello is read and never answered
};

/// Connections that are accepted speak TLS 1.2 or 1.3 over those of another network; connections
/// that are made are as that makes them. Sessions are resumed by tickets, early data is never
/// taken, and a handshake has ten seconds.
class TlsNetwork final : public Network {
  public:
    /// The network below must outlive this. Errc::unusable_key when certificates and key cannot be
    /// read or do not belong together.
    static Result<std::unique_ptr<TlsNetwork>> make(
        Network& below, const TlsIdentity& identity, TlsFault fault
    );

    Result<std::unique_ptr<Listener>> listen(const std::string& host, std::uint16_t port) override;
    boost::asio::awaitable<Result<std::unique_ptr<Transport>>> connect(
        std::string host, std::uint16_t port, Duration deadline
    ) override;

  private:
    TlsNetwork(Network& below, std::shared_ptr<ssl_ctx_st> context, TlsFault fault);

    Network& below_;
    std::shared_ptr<ssl_ctx_st> context_;
    TlsFault fault_;
};

}  // namespace sfmkit::platform
