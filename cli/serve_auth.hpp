#pragma once

#include "cli/command.hpp"
#include "mockserver/auth/guard.hpp"

#include <map>
#include <memory>
#include <string>

namespace sfmkit::cli {

/// What `sfmkit serve` was told about credentials; the defaults stand in its help.
struct AuthOptions {
    std::string mode = "none";
    std::string jwks;    ///< file; empty: the issuer of the data folder
    std::string issuer;  ///< empty: that of our own tokens
    std::string audience;
    std::string challenge = "rfc";
    std::string expiry = "session-grace";
    std::string grace = "5h";
    std::string public_url;
    bool nonce = false;
    bool exact_htu = false;
    bool any_claims = false;
};

void add_auth_options(CLI::App& command, AuthOptions& options);

/// Who judges credentials, and what clients may ask of the issuer.
struct ServedAuth {
    std::unique_ptr<mockserver::Guard> guard{};  ///< null: nobody judges
    std::string issuer{};                        ///< its name, when it is our own
    std::string jwks{};                          ///< its keys
};

/// Errc::usage names the option or the file that cannot be used. host: what the server listens on.
platform::Result<ServedAuth> open_auth(
    World& world, const AuthOptions& options, const std::string& data_dir, const std::string& host
);

/// Discovery document and keys of our own issuer by path; service_url: where this server is.
std::map<std::string, std::string, std::less<>> issuer_documents(
    const ServedAuth& auth, const std::string& service_url
);

}  // namespace sfmkit::cli
