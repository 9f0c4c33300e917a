#pragma once

#include "cli/command.hpp"
#include "platform/transport.hpp"

#include <memory>
#include <string>

namespace sfmkit::cli {

/// What `sfmkit serve` was told about TLS.
struct TlsOptions {
    bool on = false;
    std::string fault;               ///< empty: none
    bool allows_plain_http = false;  ///< on other addresses than those of this machine alone
};

void add_tls_options(CLI::App& command, TlsOptions& options);

/// Errc::usage when tokens and files would leave this machine in the clear and nobody asked for it.
platform::Result<void> check_plain_http(const TlsOptions& options, const std::string& host);

/// What the server takes connections from: TLS over the network below, null without TLS. The
/// certificates are made in the data folder at the first start; the key of their authority is
/// thrown away.
platform::Result<std::unique_ptr<platform::Network>> open_tls(
    World& world, const TlsOptions& options, const std::string& data_dir, platform::Network& below
);

}  // namespace sfmkit::cli
