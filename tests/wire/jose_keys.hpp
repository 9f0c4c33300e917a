#pragma once

#include "wire/jose/jws.hpp"

#include <string>
#include <string_view>

namespace sfmkit::wire {

/// The RSA key of RFC 7515 appendix A.2 as JSON; its private members too when asked for.
std::string rsa_example(bool with_private = false);

/// Keys of which a test knows that they are right; throws std::runtime_error otherwise.
Jwk public_key(std::string_view json);
Jwk private_key(std::string_view json);
/// A fresh key pair of `RSA` with these bits or of `EC` on this curve (names of OpenSSL).
platform::Openssl<EVP_PKEY> new_rsa_key(unsigned bits);
platform::Openssl<EVP_PKEY> new_ec_key(Curve curve);
/// What a recipient of the public half parses.
Jwk public_half(const EVP_PKEY& key);

/// Every step of a recipient, in its order; the name of the fault, or `accepted`.
std::string judged(std::string_view token, const Jwk& key);

/// The token with its last part replaced.
std::string with_signature(std::string_view token, platform::Bytes signature);

}  // namespace sfmkit::wire
