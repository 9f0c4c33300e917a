#pragma once

#include "platform/openssl.hpp"

#include <string>

namespace sfmkit::client {

/// A JSON Web Key Set (RFC 7517) with the public part of one RSA key for RS256 signatures. Its
/// `kid` is the key's SHA-256 thumbprint (RFC 7638).
std::string jwk_set(const EVP_PKEY& key, const EVP_MD& sha256);

}  // namespace sfmkit::client
