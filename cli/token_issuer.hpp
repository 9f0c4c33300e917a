#pragma once

#include "cli/command.hpp"
#include "platform/keys.hpp"

#include <filesystem>
#include <string>

namespace sfmkit::cli {

/// The issuer of access tokens for tests: a key of this machine, made when it is first asked for
/// and kept in a folder (`issuer.key.pem`, readable by its owner only, and `issuer.jwks.json`).
struct TokenIssuer {
    platform::PrivateKey key;
    std::string kid{};
    std::string jwks{};  ///< the public half, as the set that a server trusts
};

inline constexpr const char* default_issuer_folder = "sfmkit-data/issuer";
inline constexpr const char* default_issuer_name = "https://sts.sfmkit.test";

/// Opens the issuer of this folder, or makes one. The files have the names of `sfmkit keys new`.
platform::Result<TokenIssuer> open_issuer(World& world, const std::filesystem::path& folder);

/// Makes an RSA key for proofs; Errc::already_exists when the file is there.
platform::Result<void> write_new_key(World& world, const std::filesystem::path& file);

/// A private key without a pass phrase, as tests use them.
platform::Result<platform::PrivateKey> read_test_key(
    World& world, const std::filesystem::path& file
);

/// The same, RSA or EC: a key that a token is bound to.
platform::Result<platform::Openssl<EVP_PKEY>> read_client_key(
    World& world, const std::filesystem::path& file
);

}  // namespace sfmkit::cli
