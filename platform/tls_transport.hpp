#pragma once

#include "platform/tls_network.hpp"

#include <memory>

namespace sfmkit::platform {

/// The server's side of TLS over an accepted connection. The handshake happens with the first
/// reading, so that whoever accepts connections does not wait for it.
std::unique_ptr<Transport> accept_tls(
    std::unique_ptr<Transport> below, std::shared_ptr<ssl_ctx_st> context, TlsFault fault
);

}  // namespace sfmkit::platform
