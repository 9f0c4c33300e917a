#pragma once

#include "platform/openssl.hpp"
#include "wire/jose/algorithm.hpp"

#include <optional>

namespace sfmkit::wire {

/// The numbers of a key as big-endian bytes, before anything was checked.
struct RsaNumbers {
    platform::ByteBuffer n;
    platform::ByteBuffer e;
    struct Private {
        platform::SecretBytes d;
        platform::SecretBytes p;
        platform::SecretBytes q;
        platform::SecretBytes dp;
        platform::SecretBytes dq;
        platform::SecretBytes qi;
    };
    std::optional<Private> secret = std::nullopt;
};

struct EcNumbers {
    Curve curve;
    platform::ByteBuffer x;
    platform::ByteBuffer y;
    std::optional<platform::SecretBytes> d = std::nullopt;
};

/// Checks size, exponent and form of the numbers, and that a private key belongs to its public one.
JoseResult<platform::Openssl<EVP_PKEY>> make_rsa_key(const RsaNumbers& numbers);

/// Checks the length of the numbers, and that the point lies on the curve.
JoseResult<platform::Openssl<EVP_PKEY>> make_ec_key(const EcNumbers& numbers);

/// Nothing when the key has no such number (names of OpenSSL's core_names.h).
std::optional<platform::ByteBuffer> number_of(const EVP_PKEY& key, const char* name);

}  // namespace sfmkit::wire
