#pragma once

#include "platform/bytes.hpp"

namespace sfmkit::wire {

/// The two ways to write an ECDSA signature: JOSE puts r and s side by side (RFC 7518 section 3.4),
/// OpenSSL and X.509 write an ASN.1 sequence.

/// The bytes hold r and s in halves of the same length.
platform::ByteBuffer der_of_raw(platform::Bytes raw);
/// A signature that OpenSSL made; each number gets the given length.
platform::ByteBuffer raw_of_der(platform::Bytes der, std::size_t number_bytes);
/// The bytes are such a sequence, and nothing else.
bool is_der_signature(platform::Bytes bytes);

}  // namespace sfmkit::wire
