#include "tests/wire/jose_keys.hpp"

#include "tests/wire/jose_vectors.hpp"
#include "wire/jose/base64url.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace sfmkit::wire {
namespace {

template <class T>
T taken(JoseResult<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

}  // namespace

std::string rsa_example(bool with_private) {
    JsonValue key;
    key.set("kty", "RSA");
    key.set("n", vectors::rfc7515_a2_n);
    key.set("e", "AQAB");
    if (with_private) {
        key.set("d", vectors::rfc7515_a2_d);
        key.set("p", vectors::rfc7515_a2_p);
        key.set("q", vectors::rfc7515_a2_q);
        key.set("dp", vectors::rfc7515_a2_dp);
        key.set("dq", vectors::rfc7515_a2_dq);
        key.set("qi", vectors::rfc7515_a2_qi);
    }
    return print_json(key);
}

Jwk public_key(std::string_view json) {
    return taken(Jwk::parse_public(taken(parse_json(json))));
}

Jwk private_key(std::string_view json) {
    return taken(Jwk::parse_private(taken(parse_json(json))));
}

platform::Openssl<EVP_PKEY> new_rsa_key(unsigned bits) {
    platform::Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{bits}));
    if (!key) throw std::runtime_error("OpenSSL makes no RSA key");
    return key;
}

platform::Openssl<EVP_PKEY> new_ec_key(Curve curve) {
    platform::Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", row_of(curve).group));
    if (!key) throw std::runtime_error("OpenSSL makes no EC key");
    return key;
}

Jwk public_half(const EVP_PKEY& key) {
    return taken(Jwk::parse_public(taken(public_members(key))));
}

std::string judged(std::string_view token, const Jwk& key) {
    const auto name = [](const JoseError& error) { return std::string(name_of(error.fault)); };
    const auto jws = parse_jws(token);
    if (!jws) return name(jws.error());
    const auto algorithm = algorithm_of(*jws);
    if (!algorithm) return name(algorithm.error());
    const auto verified = verify(*jws, *algorithm, key);
    if (!verified) return name(verified.error());
    const auto claims = claims_of(*jws);
    return claims ? "accepted" : name(claims.error());
}

std::string with_signature(std::string_view token, platform::Bytes signature) {
    return std::string(token.substr(0, token.rfind('.') + 1)) + encode_base64url(signature);
}

}  // namespace sfmkit::wire
