#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace sfmkit::wire {

/// Every reason for which a token, a key or a signature is refused.
enum class JoseFault {
    token_too_long,        ///< more bytes than any token of ours has
    segment_count,         ///< not header, payload and signature
    not_base64url,         ///< a letter of another alphabet, padding, or an impossible length
    not_canonical,         ///< bits behind the last byte are set
    json_too_long,         ///< header or payload above its limit
    not_json,              ///< no JSON text in UTF-8, or a number out of range
    trailing_data,         ///< something stands behind the JSON value
    not_an_object,         ///< another JSON value where an object has to be
    duplicate_member,      ///< a name twice in one object
    nested_too_deep,       ///< more levels than any token of ours has
    member_missing,        ///< a member that has to be there
    member_type,           ///< a member of another JSON type, or an empty text
    algorithm_none,        ///< `none` in any letter case: not signed at all
    algorithm_symmetric,   ///< HMAC: whoever can check could sign
    algorithm_unknown,     ///< no algorithm that we know
    algorithm_not_listed,  ///< one that we know, but not allowed here
    critical_header,       ///< `crit`: an extension that must be understood
    unencoded_payload,     ///< `b64`, RFC 7797
    key_type,              ///< a `kty` other than RSA and EC
    key_is_private,        ///< private members where a public key belongs
    key_curve,             ///< a curve other than P-256, P-384, P-521
    key_too_small,         ///< RSA below 2048 bits
    key_too_large,         ///< RSA above 8192 bits, or an exponent above 64
    key_exponent,          ///< an RSA exponent that is even or one
    key_modulus,           ///< an even RSA modulus, or one that is not the product of its factors
    key_not_minimal,       ///< an RSA number that begins with a zero byte
    coordinate_length,     ///< an EC number shorter or longer than the curve asks for
    point_off_curve,       ///< x and y are no point of the curve
    key_pair,              ///< private and public part do not belong together
    key_algorithm,         ///< the key cannot be used with the algorithm, or is meant for another
    key_use,               ///< a key that is meant for something else than signatures
    kid_missing,           ///< the header names no key
    kid_unknown,           ///< no key of that name in the set
    signature_missing,     ///< an empty signature
    signature_length,      ///< not the length that key and algorithm give
    signature_der,         ///< an ECDSA signature in ASN.1 instead of r and s side by side
    signature_wrong        ///< it does not belong to this text and this key
};

/// Lower-case words with hyphens, e.g. `duplicate-member`. Stable: reports and tests name them.
std::string_view name_of(JoseFault fault) noexcept;

/// One refusal. Never holds anything of the token but the name of a member.
struct JoseError {
    JoseFault fault = JoseFault::not_json;
    std::string member{};    ///< e.g. `htu`; empty when no single one is meant
    std::string expected{};  ///< a clause, e.g. `an integer`
    std::string actual{};    ///< a clause, e.g. `a text`
};

/// A sentence for a person: what the fault is, the member, expected and actual.
std::string describe(const JoseError& error);

template <class T>
using JoseResult = std::expected<T, JoseError>;

inline std::unexpected<JoseError> refuse(JoseError error) {
    return std::unexpected(std::move(error));
}
inline std::unexpected<JoseError> refuse(JoseFault fault) {
    return std::unexpected(JoseError{.fault = fault});
}

}  // namespace sfmkit::wire
