#include "wire/jose/fault.hpp"

#include <array>

namespace sfmkit::wire {
namespace {

struct Row {
    JoseFault fault;
    std::string_view name;
    std::string_view text;
};

constexpr std::array rows = {
    Row{JoseFault::token_too_long, "token-too-long", "the token is too long"},
    Row{JoseFault::segment_count, "segment-count", "a signed token has three parts divided by dots"
    },
    Row{JoseFault::not_base64url,
        "not-base64url",
        "a part is not base64url (letters, digits, - and _, no padding)"},
    Row{JoseFault::not_canonical,
        "not-canonical",
        "the base64url text has bits set behind its last byte"},
    Row{JoseFault::json_too_long, "json-too-long", "the JSON text is too long"},
    Row{JoseFault::not_json, "not-json", "the text is not JSON in UTF-8"},
    Row{JoseFault::trailing_data, "trailing-data", "something stands behind the JSON value"},
    Row{JoseFault::not_an_object, "not-an-object", "the JSON value is not an object"},
    Row{JoseFault::duplicate_member, "duplicate-member", "a member stands twice in one object"},
    Row{JoseFault::nested_too_deep, "nested-too-deep", "the JSON value is nested too deep"},
    Row{JoseFault::member_missing, "member-missing", "a member is missing"},
    Row{JoseFault::member_type, "member-type", "a member has the wrong type"},
    Row{JoseFault::algorithm_none, "algorithm-none", "the token is not signed: its alg is none"},
    Row{JoseFault::algorithm_symmetric,
        "algorithm-symmetric",
        "the alg is symmetric; only public keys are used here"},
    Row{JoseFault::algorithm_unknown, "algorithm-unknown", "the alg is not known"},
    Row{JoseFault::algorithm_not_listed,
        "algorithm-not-listed",
        "the alg is not among those allowed here"},
    Row{JoseFault::critical_header,
        "critical-header",
        "crit asks for an extension that is not understood"},
    Row{JoseFault::unencoded_payload,
        "unencoded-payload",
        "b64 changes how the payload is written, which is not understood"},
    Row{JoseFault::key_type, "key-type", "the key is neither RSA nor EC"},
    Row{JoseFault::key_is_private,
        "key-is-private",
        "the key discloses its private part, where only the public one belongs"},
    Row{JoseFault::key_curve, "key-curve", "the curve is none of P-256, P-384, P-521"},
    Row{JoseFault::key_too_small, "key-too-small", "the RSA key is too small"},
    Row{JoseFault::key_too_large, "key-too-large", "the RSA key is too large"},
    Row{JoseFault::key_exponent, "key-exponent", "the RSA exponent is not an odd number above one"},
    Row{JoseFault::key_modulus, "key-modulus", "the RSA modulus is not that of its factors"},
    Row{JoseFault::key_not_minimal, "key-not-minimal", "an RSA number begins with a zero byte"},
    Row{JoseFault::coordinate_length,
        "coordinate-length",
        "an EC number has not the full length of its curve"},
    Row{JoseFault::point_off_curve, "point-off-curve", "x and y are no point of the curve"},
    Row{JoseFault::key_pair, "key-pair", "private and public part of the key do not fit"},
    Row{JoseFault::key_algorithm, "key-algorithm", "the key cannot be used with this alg"},
    Row{JoseFault::key_use, "key-use", "the key is not meant for signatures"},
    Row{JoseFault::kid_missing, "kid-missing", "the header does not name the key (kid)"},
    Row{JoseFault::kid_unknown, "kid-unknown", "no key of the issuer has this kid"},
    Row{JoseFault::signature_missing, "signature-missing", "the signature is empty"},
    Row{JoseFault::signature_length,
        "signature-length",
        "the signature has not the length that key and alg ask for"},
    Row{JoseFault::signature_der,
        "signature-der",
        "the ECDSA signature is written as ASN.1; r and s belong side by side"},
    Row{JoseFault::signature_wrong,
        "signature-wrong",
        "the signature does not belong to this text and this key"},
};

constexpr const Row& row_of(JoseFault fault) noexcept {
    for (const Row& row : rows) {
        if (row.fault == fault) return row;
    }
    return rows.back();
}

}  // namespace

std::string_view name_of(JoseFault fault) noexcept {
    return row_of(fault).name;
}

std::string describe(const JoseError& error) {
    std::string text(row_of(error.fault).text);
    if (!error.member.empty()) text += ": " + error.member;
    if (!error.expected.empty()) text += "; expected " + error.expected;
    if (!error.actual.empty()) text += "; found " + error.actual;
    return text;
}

}  // namespace sfmkit::wire
