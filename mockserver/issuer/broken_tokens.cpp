#include "mockserver/issuer/token_parts.hpp"
#include "platform/assert.hpp"
#include "wire/jose/base64url.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {
namespace {

using platform::ByteBuffer;
using platform::Openssl;
using wire::JsonValue;

constexpr std::string_view scope = "e-helse:sfm.api/";

void set_scope(TokenParts& parts, std::vector<std::string> names) {
    JsonValue::Array scopes = {"openid"};
    for (std::string& name : names) scopes.emplace_back(std::string(scope) + std::move(name));
    parts.claims.set("scope", std::move(scopes));
}

/// The migration scope that the good token has.
std::string good_scope(const TokenParts& parts) {
    return parts.claims.find("cnf") != nullptr ? "sfm-migrering.api2" : "sfm-migrering.api";
}

std::int64_t seconds_of(const TokenParts& parts) {
    return parts.now.time_since_epoch().count();
}

void unsigned_as(TokenParts& parts, const char* algorithm) {
    parts.header.set("alg", algorithm);
    parts.signer = [](std::string_view) { return ByteBuffer(); };
}

std::shared_ptr<EVP_PKEY> another_key() {
    Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048}));
    SFM_ASSERT(key != nullptr);
    return key;
}

void sign_with(TokenParts& parts, std::shared_ptr<EVP_PKEY> key) {
    parts.signer = [key = std::move(key),
                    algorithm = parts.algorithm](std::string_view signing_input) {
        auto signature = wire::signature_over(signing_input, algorithm, *key);
        SFM_ASSERT(signature.has_value());
        return std::move(*signature);
    };
}

/// The public key in the form that servers keep it, which is known to everybody.
ByteBuffer der_of(const EVP_PKEY& key) {
    unsigned char* data = nullptr;
    const int size = i2d_PUBKEY(&key, &data);
    SFM_ASSERT(size > 0);
    const auto* const bytes = reinterpret_cast<const std::byte*>(data);
    ByteBuffer der(bytes, bytes + size);
    OPENSSL_free(data);
    return der;
}

/// Hopes for a server that takes the public key for the secret of HMAC.
void sign_with_hmac(TokenParts& parts) {
    parts.header.set("alg", "HS256");
    parts.signer = [secret = der_of(*parts.key)](std::string_view signing_input) {
        ByteBuffer mac(32);
        std::size_t size = 0;
        const auto* made = EVP_Q_mac(
            nullptr,
            "HMAC",
            nullptr,
            "SHA256",
            nullptr,
            secret.data(),
            secret.size(),
            reinterpret_cast<const unsigned char*>(signing_input.data()),
            signing_input.size(),
            reinterpret_cast<unsigned char*>(mac.data()),
            mac.size(),
            &size
        );
        SFM_ASSERT(made != nullptr && size == mac.size());
        return mac;
    };
}

void sign_with_key_in_header(TokenParts& parts) {
    const std::shared_ptr<EVP_PKEY> key = another_key();
    parts.header.set("jwk", *wire::public_members(*key));
    sign_with(parts, key);
}

void add_signature_padding(TokenParts& parts) {
    parts.afterwards = [](std::string token) { return token + "=="; };
}

void flip_signature_bit(TokenParts& parts) {
    parts.afterwards = [](std::string token) {
        const std::size_t dot = token.rfind('.');
        ByteBuffer signature = *wire::decode_base64url(std::string_view(token).substr(dot + 1));
        signature[signature.size() / 2] ^= std::byte{1};
        return token.substr(0, dot + 1) + wire::encode_base64url(signature);
    };
}

void edit_payload(TokenParts& parts) {
    parts.claims.set("jti", "00000000000000000000000000000000");
    const std::string edited = wire::encode_base64url(platform::as_bytes(print_json(parts.claims)));
    parts.claims.set("jti", "11111111111111111111111111111111");
    parts.afterwards = [edited](std::string token) {
        const std::size_t first = token.find('.');
        return token.substr(0, first + 1) + edited + token.substr(token.rfind('.'));
    };
}

void put_algorithm_twice(TokenParts& parts) {
    parts.header_text = R"({"alg":"none",)" + print_json(parts.header).substr(1);
}

void set_jkt(TokenParts& parts, const char* jkt) {
    JsonValue confirmation;
    confirmation.set("jkt", jkt);
    parts.claims.set("cnf", std::move(confirmation));
}

using Parts = TokenParts;

constexpr std::array variants = {
    BrokenVariant{
        "tok-segments",
        "four parts",
        [](Parts& p) { p.afterwards = [](std::string token) { return token + ".AA"; }; }
    },
    BrokenVariant{"tok-b64-pad", "padding behind the signature", add_signature_padding},
    BrokenVariant{
        "tok-json", "a payload that is no object", [](Parts& p) { p.payload_text = "[]"; }
    },
    BrokenVariant{"tok-dup", "alg twice in the header: none and RS256", put_algorithm_twice},
    BrokenVariant{"tok-none", "alg none, no signature", [](Parts& p) { unsigned_as(p, "none"); }},
    BrokenVariant{"tok-None", "alg None, no signature", [](Parts& p) { unsigned_as(p, "None"); }},
    BrokenVariant{"tok-hs-confusion", "HS256 with the public key as secret", sign_with_hmac},
    BrokenVariant{
        "tok-alg-other",
        "PS256 by the right key",
        [](Parts& p) {
            p.header.set("alg", "PS256");
            p.algorithm = wire::SignatureAlgorithm::ps256;
        }
    },
    BrokenVariant{"tok-nosig", "no signature", [](Parts& p) { unsigned_as(p, "RS256"); }},
    BrokenVariant{"tok-sigflip", "one bit of the signature flipped", flip_signature_bit},
    BrokenVariant{"tok-payload-edit", "payload changed after signing", edit_payload},
    BrokenVariant{
        "tok-otherkey",
        "signed by another key under the same kid",
        [](Parts& p) { sign_with(p, another_key()); }
    },
    BrokenVariant{
        "tok-kid-unknown", "a kid that no key has", [](Parts& p) { p.header.set("kid", "AAAA"); }
    },
    BrokenVariant{"tok-kid-none", "no kid", [](Parts& p) { p.header.remove("kid"); }},
    BrokenVariant{
        "tok-kid-path", "a path as kid", [](Parts& p) { p.header.set("kid", "../../etc/passwd"); }
    },
    BrokenVariant{
        "tok-jwk-header", "signed by a key that stands in the header", sign_with_key_in_header
    },
    BrokenVariant{
        "tok-jku",
        "signed by another key that jku points at",
        [](Parts& p) {
            p.header.set("jku", "http://127.0.0.1:9/keys");
            p.header.set("kid", "AAAA");
            sign_with(p, another_key());
        }
    },
    BrokenVariant{
        "tok-crit",
        "crit with an extension",
        [](Parts& p) { p.header.set("crit", JsonValue::Array{"x"}); }
    },
    BrokenVariant{"tok-b64", "b64 false", [](Parts& p) { p.header.set("b64", false); }},
    BrokenVariant{"tok-typ", "typ of a proof", [](Parts& p) { p.header.set("typ", "dpop+jwt"); }},
    BrokenVariant{
        "tok-typ-logout", "typ logout+jwt", [](Parts& p) { p.header.set("typ", "logout+jwt"); }
    },
    BrokenVariant{"tok-typ-none", "no typ", [](Parts& p) { p.header.remove("typ"); }},
    BrokenVariant{
        "clm-iss", "another issuer", [](Parts& p) { p.claims.set("iss", "https://sts.other.test"); }
    },
    BrokenVariant{
        "clm-iss-slash",
        "a slash behind the issuer",
        [](Parts& p) { p.claims.set("iss", *p.claims.find("iss")->text() + "/"); }
    },
    BrokenVariant{
        "clm-aud", "another audience", [](Parts& p) { p.claims.set("aud", "e-helse:other.api"); }
    },
    BrokenVariant{"clm-aud-none", "no audience", [](Parts& p) { p.claims.remove("aud"); }},
    BrokenVariant{
        "clm-aud-multi",
        "a second audience",
        [](Parts& p) {
            const std::string good = *p.claims.find("aud")->text();
            p.claims.set("aud", JsonValue::Array{good, "e-helse:other.api"});
        }
    },
    BrokenVariant{
        "clm-exp",
        "expired since 6 s",
        [](Parts& p) { p.claims.set("exp", JsonValue(seconds_of(p) - 6)); }
    },
    BrokenVariant{
        "clm-exp-long",
        "expired since 6 h",
        [](Parts& p) { p.claims.set("exp", JsonValue(seconds_of(p) - 6 * 3600)); }
    },
    BrokenVariant{"clm-exp-none", "no exp", [](Parts& p) { p.claims.remove("exp"); }},
    BrokenVariant{
        "clm-exp-string",
        "exp as text",
        [](Parts& p) { p.claims.set("exp", std::to_string(seconds_of(p) + 3600)); }
    },
    BrokenVariant{
        "clm-exp-huge",
        "exp 1e400",
        [](Parts& p) {
            p.claims.remove("exp");
            p.payload_text = R"({"exp":1e400,)" + print_json(p.claims).substr(1);
        }
    },
    BrokenVariant{
        "clm-exp-negative", "exp negative", [](Parts& p) { p.claims.set("exp", std::int64_t{-1}); }
    },
    BrokenVariant{
        "clm-nbf",
        "valid in 60 s only",
        [](Parts& p) { p.claims.set("nbf", JsonValue(seconds_of(p) + 60)); }
    },
    BrokenVariant{
        "clm-iat-future",
        "issued in an hour",
        [](Parts& p) { p.claims.set("iat", JsonValue(seconds_of(p) + 3600)); }
    },
    BrokenVariant{"clm-scope-none", "no scope", [](Parts& p) { p.claims.remove("scope"); }},
    BrokenVariant{
        "clm-scope-portal",
        "scope of the portals only",
        [](Parts& p) { set_scope(p, {"sfm.api", "sfm.api2"}); }
    },
    BrokenVariant{
        "clm-scope-gen",
        "migration scope of the other route",
        [](Parts& p) {
            const bool dpop = good_scope(p).ends_with('2');
            set_scope(p, {dpop ? "sfm-migrering.api" : "sfm-migrering.api2"});
        }
    },
    BrokenVariant{
        "clm-scope-prefix",
        "scopes that begin alike",
        [](Parts& p) { set_scope(p, {good_scope(p) + "x", "sfm-migrering.ap"}); }
    },
    BrokenVariant{
        "clm-level",
        "security level 3",
        [](Parts& p) { p.claims.set("helseid://claims/identity/security_level", "3"); }
    },
    BrokenVariant{
        "clm-level-none",
        "no security level",
        [](Parts& p) { p.claims.remove("helseid://claims/identity/security_level"); }
    },
    BrokenVariant{
        "clm-pid", "no pid", [](Parts& p) { p.claims.remove("helseid://claims/identity/pid"); }
    },
    BrokenVariant{
        "clm-hpr",
        "no HPR number",
        [](Parts& p) { p.claims.remove("helseid://claims/hpr/hpr_number"); }
    },
    BrokenVariant{
        "clm-journal",
        "neither journal nor SFM id",
        [](Parts& p) { p.claims.remove("nhn:sfm:journal-id"); }
    },
    BrokenVariant{
        "clm-journal-form",
        "a journal id that is no UUID",
        [](Parts& p) { p.claims.set("nhn:sfm:journal-id", "journal-1"); }
    },
    BrokenVariant{
        "clm-org",
        "an organisation with a wrong check digit",
        [](Parts& p) { p.claims.set("helseid://claims/client/claims/orgnr_parent", "310000028"); }
    },
    BrokenVariant{
        "clm-org-none",
        "no organisation",
        [](Parts& p) { p.claims.remove("helseid://claims/client/claims/orgnr_parent"); }
    },
    BrokenVariant{
        "clm-supplier-none",
        "no supplier",
        [](Parts& p) { p.claims.remove("helseid://claims/client/claims/orgnr_supplier"); }
    },
    BrokenVariant{
        "cred-downgrade",
        "bound to a key, for use as Bearer",
        [](Parts& p) { set_jkt(p, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"); }
    },
    BrokenVariant{"bnd-cnf-none", "bound to no key", [](Parts& p) { p.claims.remove("cnf"); }},
    BrokenVariant{
        "bnd-jkt-none",
        "cnf without jkt",
        [](Parts& p) { p.claims.set("cnf", JsonValue(JsonValue::Object())); }
    },
    BrokenVariant{
        "bnd-jkt",
        "bound to another key",
        // The key of RFC 7638 section 3.1.
        [](Parts& p) { set_jkt(p, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"); }
    },
};

}  // namespace

std::span<const BrokenVariant> broken_tokens() noexcept {
    return variants;
}

}  // namespace sfmkit::mockserver
