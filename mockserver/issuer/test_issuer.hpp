#pragma once

#include "mockserver/auth/credentials.hpp"
#include "mockserver/issuer/token_parts.hpp"

#include <string>

namespace sfmkit::mockserver {

/// What a test token is to say beside what every one says. All people and organisations in it are
/// synthetic.
struct TokenOrder {
    AuthRoute route = AuthRoute::dpop;
    std::string issuer = "https://sts.sfmkit.test";
    std::string audience = "e-helse:sfm.api";
    std::string kid{};  ///< of the issuer's key
    std::string jkt{};  ///< thumbprint of the client's key, for DPoP
    std::chrono::sys_seconds now{};
    std::chrono::seconds life = std::chrono::hours(1);
    std::string client_id = "6f2a7c1e-3d04-4b6a-9a53-0c8a3f1d5e70";
    std::string journal_id = "0b8e5a2c-9d7f-4e1b-8c36-2f4d6a7b9c01";
};

/// The claims of a token of HelseID's form for migrations. The key signs and is not owned.
TokenParts token_parts(const TokenOrder& order, EVP_PKEY& key, platform::Random& random);

struct ProofOrder {
    std::string method;
    std::string url;
    std::string token;
    std::string nonce{};  ///< empty: none
    wire::SignatureAlgorithm algorithm = wire::SignatureAlgorithm::ps256;
    std::chrono::sys_seconds now{};
};

/// A proof as the official uploader makes it. The key has to be RSA or EC and private.
TokenParts proof_parts(
    const ProofOrder& order, EVP_PKEY& key, platform::Random& random, const EVP_MD& sha256
);

}  // namespace sfmkit::mockserver
