#pragma once

#include "platform/bytes.hpp"
#include "wire/jose/jwk.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sfmkit::wire {

/// A JSON Web Signature in compact form (RFC 7515 section 7.1), taken apart. Nothing is proved
/// before verify().
struct Jws {
    std::string signing_input;  ///< header and payload as they were signed
    JsonValue header;           ///< always an object
    platform::ByteBuffer payload;
    platform::ByteBuffer signature;
};

struct JwsLimits {
    std::size_t token_bytes = 32 * 1024;
    JsonLimits json = {};  ///< of the header, and of claims
};

/// Refuses what RFC 7515 section 5.2 refuses, and `crit` and `b64`, because no extension is
/// understood. An empty signature passes here, so that `alg` can tell why.
JoseResult<Jws> parse_jws(std::string_view compact, JwsLimits limits = {});

/// The payload as the object that a JWT's is (RFC 7519 section 7.2).
JoseResult<JsonValue> claims_of(const Jws& jws, JsonLimits limits = {});

/// The algorithm that the header names, if it is allowed; judged before any key is touched.
JoseResult<SignatureAlgorithm> algorithm_of(
    const Jws& jws, std::span<const SignatureAlgorithm> allowed = all_algorithms()
);

/// RFC 7518 sections 3.3 to 3.5; the salt of PS* has the length of the hash.
JoseResult<void> verify(const Jws& jws, SignatureAlgorithm algorithm, const Jwk& key);

/// A signature as the third part of a token holds it. The key has to be private and of the
/// algorithm's type; JoseFault::key_algorithm otherwise.
JoseResult<platform::ByteBuffer> signature_over(
    std::string_view signing_input, SignatureAlgorithm algorithm, EVP_PKEY& key
);

/// The compact form. The header is JSON text and taken as it is, so that a test token can be wrong
/// on purpose; its `alg` is not compared with the algorithm.
JoseResult<std::string> sign(
    std::string_view header, std::string_view payload, SignatureAlgorithm algorithm, EVP_PKEY& key
);

}  // namespace sfmkit::wire
