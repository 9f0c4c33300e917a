#pragma once

#include "platform/openssl.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace sfmkit::platform {

/// Gives the pass phrase when a key turns out to be encrypted; nullopt when there is none to give.
using PassPhraseSource = std::function<std::optional<SecretBytes>()>;

/// An RSA private key, parsed once; duplicate() gives another worker a copy of its own, because
/// OpenSSL serialises private operations on a shared key.
class PrivateKey {
  public:
    explicit PrivateKey(Openssl<EVP_PKEY> key) : key_(std::move(key)) {}
    EVP_PKEY* get() const noexcept { return key_.get(); }
    /// Modulus length in bytes: 256, 384 or 512 for the usual sizes.
    std::size_t modulus_bytes() const;
    PrivateKey duplicate() const;

  private:
    Openssl<EVP_PKEY> key_;
};

/// An X.509 certificate with an RSA public key.
class Certificate {
  public:
    explicit Certificate(Openssl<X509> certificate);
    X509* get() const noexcept { return certificate_.get(); }
    EVP_PKEY* public_key() const noexcept { return public_key_.get(); }
    std::size_t modulus_bytes() const;
    std::string subject() const;
    std::chrono::sys_seconds not_before() const;
    std::chrono::sys_seconds not_after() const;

  private:
    Openssl<X509> certificate_;
    Openssl<EVP_PKEY> public_key_;
};

/// PEM (PKCS#1, PKCS#8, encrypted PKCS#8), DER (PKCS#1, PKCS#8) or PKCS#12.
/// Errc::unusable_key with the reason otherwise; name is used in messages only.
Result<PrivateKey> parse_private_key(
    Bytes content, const std::string& name, const PassPhraseSource& pass_phrase
);

/// The same without a pass phrase, and EC as well: a key that signs.
Result<Openssl<EVP_PKEY>> parse_signing_key(Bytes content, const std::string& name);

/// PEM or DER. Errc::unusable_key when it is no certificate or its key is not RSA.
Result<Certificate> parse_certificate(Bytes content, const std::string& name);

}  // namespace sfmkit::platform
