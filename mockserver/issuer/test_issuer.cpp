#include "mockserver/issuer/test_issuer.hpp"

#include "mockserver/auth/access_token.hpp"
#include "platform/assert.hpp"
#include "wire/jose/base64url.hpp"

#include <array>

namespace sfmkit::mockserver {
namespace {

using wire::JsonValue;

// The month is above 80, which no person's number has.
constexpr std::string_view synthetic_pid = "01817090067";
// Units of the register have numbers from 8 or 9 on; these are of test populations.
constexpr std::string_view synthetic_parent = "310000027";
constexpr std::string_view synthetic_child = "310000035";
constexpr std::string_view synthetic_supplier = "310000043";

std::string new_token_id(platform::Random& random) {
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    std::string text = platform::to_hex(bytes);
    for (char& letter : text) {
        if (letter >= 'a') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return text;
}

}  // namespace

TokenParts token_parts(const TokenOrder& order, EVP_PKEY& key, platform::Random& random) {
    TokenParts parts;
    parts.key = &key;
    parts.now = order.now;
    parts.header.set("alg", "RS256");
    parts.header.set("kid", order.kid);
    parts.header.set("typ", "JWT");
    const std::int64_t now = order.now.time_since_epoch().count();
    JsonValue& claims = parts.claims;
    claims.set("iss", order.issuer);
    claims.set("nbf", now);
    claims.set("iat", now);
    claims.set("exp", now + order.life.count());
    claims.set("aud", order.audience);
    claims.set(
        "scope",
        JsonValue::Array{
            "openid",
            "profile",
            "helseid://scopes/identity/pid",
            "helseid://scopes/identity/security_level",
            "helseid://scopes/hpr/hpr_number",
            scope_of(order.route)
        }
    );
    claims.set("client_id", order.client_id);
    claims.set("client_amr", "private_key_jwt");
    claims.set("jti", new_token_id(random));
    if (order.route == AuthRoute::dpop) {
        JsonValue confirmation;
        confirmation.set("jkt", order.jkt);
        claims.set("cnf", std::move(confirmation));
    }
    claims.set("nhn:sfm:journal-id", order.journal_id);
    claims.set("helseid://claims/identity/pid", synthetic_pid);
    claims.set("helseid://claims/identity/security_level", "4");
    claims.set("helseid://claims/identity/assurance_level", "high");
    claims.set("helseid://claims/hpr/hpr_number", "999900001");
    claims.set("helseid://claims/client/claims/orgnr_parent", synthetic_parent);
    claims.set("helseid://claims/client/claims/orgnr_child", synthetic_child);
    claims.set("helseid://claims/client/claims/orgnr_supplier", synthetic_supplier);
    claims.set("helseid://claims/client/client_tenancy", "multi-tenant");
    claims.set("idp", "testidp-oidc");
    claims.set("auth_time", now);
    // Tells such a token apart wherever it may leak to.
    claims.set("sfm_mock", true);
    return parts;
}

TokenParts proof_parts(
    const ProofOrder& order, EVP_PKEY& key, platform::Random& random, const EVP_MD& sha256
) {
    auto members = wire::public_members(key);
    SFM_ASSERT(members.has_value());
    const std::string algorithm(name_of(order.algorithm));
    members->set("alg", algorithm);
    TokenParts parts;
    parts.key = &key;
    parts.algorithm = order.algorithm;
    parts.now = order.now;
    parts.header.set("alg", algorithm);
    parts.header.set("typ", "dpop+jwt");
    parts.header.set("jwk", std::move(*members));
    parts.claims.set("jti", new_uuid(random));
    parts.claims.set("htm", order.method);
    parts.claims.set("htu", order.url);
    parts.claims.set("iat", std::int64_t{order.now.time_since_epoch().count()});
    const auto hash = platform::digest_of(sha256, platform::as_bytes(order.token));
    parts.claims.set("ath", wire::encode_base64url(hash));
    if (!order.nonce.empty()) parts.claims.set("nonce", order.nonce);
    return parts;
}

}  // namespace sfmkit::mockserver
