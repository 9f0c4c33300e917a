#pragma once

#include "platform/tls_network.hpp"

#include <memory>

// openssl/types.h leaves this to openssl/ssl.h.
struct ssl_st;

namespace sfmkit::platform {

/// The server's side of TLS over an accepted connection. The handshake happens with the first
/// reading, so that whoever accepts connections does not wait for it.
std::unique_ptr<Transport> accept_tls(
    std::unique_ptr<Transport> below, std::shared_ptr<ssl_ctx_st> context, TlsFault fault
);

/// What a client asks of the server before it tells it anything.
class TlsPeerCheck {
  public:
    virtual ~TlsPeerCheck() = default;
    /// Before the first byte.
    virtual Result<void> prepare(ssl_st& ssl) = 0;
    /// Why the handshake was given up; reason is OpenSSL's.
    virtual Error explain(int reason) const = 0;
};

/// The client's side of TLS, once its handshake has ended well. The deadline is for all of it; the
/// check must outlive the call.
boost::asio::awaitable<Result<std::unique_ptr<Transport>>> connect_tls(
    std::unique_ptr<Transport> below,
    std::shared_ptr<ssl_ctx_st> context,
    TlsPeerCheck& check,
    Duration deadline
);

}  // namespace sfmkit::platform
