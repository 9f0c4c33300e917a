#pragma once

#include "client/upload/url.hpp"
#include "platform/clock.hpp"
#include "platform/random.hpp"
#include "wire/jose/algorithm.hpp"
#include "wire/jose/json_value.hpp"

#include <openssl/types.h>

#include <memory>
#include <string>

namespace sfmkit::client {

/// What one proof is for.
struct ProofRequest {
    std::string method;
    Url url;
    std::string token;  ///< that goes with it
    std::string nonce;  ///< the last one of this server; empty: none
    platform::WallTime now;
};

/// The key that an access token is bound to. Proves that who shows the token holds it (RFC 9449).
class ProofKey {
  public:
    /// PEM, DER or a JWK, private and without pass phrase. An RSA key of at least 2048 bits signs
    /// with PS256, a key on P-256 with ES256 (P-384: ES384, P-521: ES512), unless a JWK names
    /// another algorithm of its kind. Errc::unusable_key otherwise; name is for messages.
    static platform::Result<ProofKey> parse(platform::Bytes content, const std::string& name);

    wire::SignatureAlgorithm algorithm() const noexcept { return algorithm_; }
    /// A proof for one request, never for a second one.
    std::string prove(const ProofRequest& request, platform::Random& random, const EVP_MD& sha256)
        const;

  private:
    ProofKey(std::shared_ptr<EVP_PKEY> key, wire::SignatureAlgorithm algorithm, wire::JsonValue jwk)
        : key_(std::move(key)), algorithm_(algorithm), public_(std::move(jwk)) {}
    static wire::JoseResult<ProofKey> of_jwk(std::string_view text);
    static wire::JoseResult<ProofKey> make(
        std::shared_ptr<EVP_PKEY> key, std::string_view algorithm
    );

    std::shared_ptr<EVP_PKEY> key_;
    wire::SignatureAlgorithm algorithm_;
    wire::JsonValue public_;  ///< nothing but the public half
};

}  // namespace sfmkit::client
