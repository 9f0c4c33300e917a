#pragma once

#include "platform/openssl.hpp"
#include "wire/jose/algorithm.hpp"
#include "wire/jose/json_value.hpp"

#include <memory>
#include <string>

namespace sfmkit::wire {

/// A key as a JSON Web Key tells it (RFC 7517), RSA or EC, checked before OpenSSL uses it.
class Jwk {
  public:
    EVP_PKEY* get() const noexcept { return key_.get(); }
    bool is_rsa() const noexcept { return curve_ == nullptr; }
    bool is_private() const noexcept { return is_private_; }
    /// Empty where the key says nothing about it.
    const std::string& kid() const noexcept { return kid_; }
    const std::string& algorithm() const noexcept { return algorithm_; }
    const std::string& use() const noexcept { return use_; }
    /// The members that RFC 7638 section 3.2 lists, in its order; nothing else of the key.
    const JsonValue& required_members() const noexcept { return required_; }
    /// RSA: bytes of the modulus. EC: bytes of r and s together.
    std::size_t signature_bytes() const noexcept { return signature_bytes_; }

    /// JoseFault::key_algorithm when type, curve or `alg` of the key do not fit, JoseFault::key_use
    /// when it is not meant for signatures (RFC 7517 sections 4.2 and 4.4).
    JoseResult<void> fits(SignatureAlgorithm algorithm) const;

    /// Errors name the member. Private members are refused with JoseFault::key_is_private.
    static JoseResult<Jwk> parse_public(const JsonValue& object);
    /// Needs the private members: of RSA all of `d p q dp dq qi`.
    static JoseResult<Jwk> parse_private(const JsonValue& object);

  private:
    Jwk() = default;
    static JoseResult<Jwk> parse(const JsonValue& object, bool wants_private);

    std::shared_ptr<EVP_PKEY> key_;
    const CurveRow* curve_ = nullptr;
    bool is_private_ = false;
    std::string kid_;
    std::string algorithm_;
    std::string use_;
    JsonValue required_;
    std::size_t signature_bytes_ = 0;
};

/// The public half of a key that OpenSSL made or read, as a JWK without `kid`, `alg` and `use`.
/// JoseFault::key_type for what is neither RSA nor on one of the three curves.
JoseResult<JsonValue> public_members(const EVP_PKEY& key);

/// RFC 7638: SHA-256 over the required members, in base64url.
std::string thumbprint(const Jwk& key, const EVP_MD& sha256);

}  // namespace sfmkit::wire
