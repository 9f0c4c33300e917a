#include "wire/jose/jwk_set.hpp"

namespace sfmkit::wire {
namespace {

// Sets of large issuers hold some tens of keys with their certificates.
constexpr JsonLimits limits = {.bytes = 1024 * 1024, .levels = 16};

}  // namespace

JoseResult<const Jwk*> JwkSet::find(std::string_view kid, SignatureAlgorithm algorithm) const {
    JoseError error = {.fault = JoseFault::kid_unknown, .member = "kid"};
    for (const Jwk& key : keys) {
        if (key.kid() != kid) continue;
        auto fits = key.fits(algorithm);
        if (fits) return &key;
        error = std::move(fits.error());
    }
    return refuse(std::move(error));
}

JoseResult<JwkSet> parse_jwk_set(std::string_view text) {
    const auto object = parse_json_object(text, limits);
    if (!object) return std::unexpected(object.error());
    const JsonValue* listed = object->find("keys");
    if (listed == nullptr) return refuse({.fault = JoseFault::member_missing, .member = "keys"});
    if (listed->array() == nullptr) {
        return refuse(
            {.fault = JoseFault::member_type,
             .member = "keys",
             .expected = "an array",
             .actual = std::string(listed->type_name())}
        );
    }
    JwkSet set;
    for (const JsonValue& item : *listed->array()) {
        auto key = Jwk::parse_public(item);
        if (key) {
            set.keys.push_back(std::move(*key));
        } else if (key.error().fault == JoseFault::key_is_private) {
            return std::unexpected(std::move(key.error()));
        } else {
            set.left_out.push_back(std::move(key.error()));
        }
    }
    return set;
}

}  // namespace sfmkit::wire
