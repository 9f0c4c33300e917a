#pragma once

#include "wire/jose/jwk.hpp"

#include <string_view>
#include <vector>

namespace sfmkit::wire {

/// A JSON Web Key Set (RFC 7517 section 5).
struct JwkSet {
    std::vector<Jwk> keys;
    /// Why keys of the set were left out, one each: other types and curves, encryption keys.
    std::vector<JoseError> left_out;

    /// The key that may check tokens whose header names this kid and this algorithm.
    /// JoseFault::kid_unknown, or why the key of that kid does not fit.
    JoseResult<const Jwk*> find(std::string_view kid, SignatureAlgorithm algorithm) const;
};

/// As section 5 asks, keys that cannot be used are left out; a private key refuses the whole set,
/// because it should never have been published. Unknown members are ignored.
JoseResult<JwkSet> parse_jwk_set(std::string_view text);

}  // namespace sfmkit::wire
