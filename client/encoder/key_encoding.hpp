#pragma once

#include "client/encoder/certificate_maker.hpp"
#include "platform/openssl.hpp"

#include <string>

namespace sfmkit::client {

/// PKCS#8, unencrypted.
platform::SecretBytes private_key_pem(const EVP_PKEY& key);
platform::SecretBytes certificate_pem(const X509& certificate);
platform::SecretBytes certificate_der(const X509& certificate);

/// Key and certificate with that of the authority, under a password, as Windows imports them
/// (`.pfx`).
platform::SecretBytes pkcs12(
    const CertifiedKey& owner, X509& authority, const std::string& password
);

}  // namespace sfmkit::client
