#pragma once

#include "cli/command.hpp"
#include "client/upload/proof_key.hpp"
#include "platform/tls_client.hpp"

#include <optional>
#include <string>

namespace sfmkit::cli {

/// How `upload` knows the server, and how it shows that a token is its own.
struct AccessOptions {
    std::string authorities;  ///< PEM file; empty: those of the system
    bool insecure = false;
    std::string proof_key;  ///< empty: tokens go as Bearer
};

/// Adds `--ca`, `--insecure` and `--dpop-key`. The options must outlive the parser.
void add_access_options(CLI::App& command, AccessOptions& options);

/// Errc::usage when the options do not fit the destination or each other. An access token must not
/// leave this machine without TLS, and a server that is not checked must be on this machine.
platform::Result<void> check_access(
    const AccessOptions& options, const client::Url& url, bool has_token
);

/// Nothing for http.
platform::Result<std::optional<platform::TlsTrust>> tls_trust(
    World& world, const AccessOptions& options, const client::Url& url
);

/// Nothing without `--dpop-key`. A file that others may read is refused (Errc::usage); where the
/// file system keeps no modes a warning goes to the error stream.
platform::Result<std::optional<client::ProofKey>> proof_key(
    World& world, const AccessOptions& options
);

}  // namespace sfmkit::cli
