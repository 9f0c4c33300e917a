#include "mockserver/issuer/token_parts.hpp"
#include "platform/assert.hpp"
#include "wire/jose/base64url.hpp"

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>

namespace sfmkit::mockserver {
namespace {

using platform::ByteBuffer;
using platform::Openssl;
using wire::JsonValue;

void set_algorithm(TokenParts& parts, const char* name) {
    parts.header.set("alg", name);
    JsonValue key = *parts.header.find("jwk");
    key.remove("alg");
    parts.header.set("jwk", std::move(key));
}

void unsigned_as(TokenParts& parts, const char* name) {
    set_algorithm(parts, name);
    parts.signer = [](std::string_view) { return ByteBuffer(); };
}

std::string text_of(const TokenParts& parts, std::string_view claim) {
    return *parts.claims.find(claim)->text();
}

void move_time(TokenParts& parts, std::int64_t by_seconds) {
    parts.claims.set("iat", JsonValue(*parts.claims.find("iat")->integer() + by_seconds));
}

void change_jwk(TokenParts& parts, std::string_view member, JsonValue value) {
    JsonValue key = *parts.header.find("jwk");
    key.set(member, std::move(value));
    parts.header.set("jwk", std::move(key));
}

/// Signed by a key of this type, which stands in the header.
void use_key(TokenParts& parts, std::shared_ptr<EVP_PKEY> key, wire::SignatureAlgorithm algorithm) {
    parts.header.set("alg", name_of(algorithm));
    parts.header.set("jwk", *wire::public_members(*key));
    parts.signer = [key = std::move(key), algorithm](std::string_view signing_input) {
        auto signature = wire::signature_over(signing_input, algorithm, *key);
        SFM_ASSERT(signature.has_value());
        return std::move(*signature);
    };
}

std::shared_ptr<EVP_PKEY> new_rsa_key(std::size_t bits) {
    Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits));
    SFM_ASSERT(key != nullptr);
    return key;
}

std::shared_ptr<EVP_PKEY> new_ec_key(const char* group) {
    Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", group));
    SFM_ASSERT(key != nullptr);
    return key;
}

void leave_the_curve(TokenParts& parts) {
    use_key(parts, new_ec_key("prime256v1"), wire::SignatureAlgorithm::es256);
    JsonValue key = *parts.header.find("jwk");
    ByteBuffer y = *wire::decode_base64url(*key.find("y")->text());
    y.back() ^= std::byte{1};
    key.set("y", wire::encode_base64url(y));
    parts.header.set("jwk", std::move(key));
}

void shorten_coordinate(TokenParts& parts) {
    use_key(parts, new_ec_key("prime256v1"), wire::SignatureAlgorithm::es256);
    const ByteBuffer x = *wire::decode_base64url(*parts.header.find("jwk")->find("x")->text());
    change_jwk(parts, "x", wire::encode_base64url(platform::Bytes(x).subspan(1)));
}

void mix_curves(TokenParts& parts) {
    use_key(parts, new_ec_key("secp384r1"), wire::SignatureAlgorithm::es384);
    parts.header.set("alg", "ES256");
}

void flip_signature_bit(TokenParts& parts) {
    parts.afterwards = [](std::string token) {
        const std::size_t dot = token.rfind('.');
        ByteBuffer signature = *wire::decode_base64url(std::string_view(token).substr(dot + 1));
        signature[signature.size() / 2] ^= std::byte{1};
        return token.substr(0, dot + 1) + wire::encode_base64url(signature);
    };
}

/// RFC 7518 section 3.5 asks for a salt as long as the hash; many libraries default to the longest.
void use_longest_salt(TokenParts& parts) {
    set_algorithm(parts, "PS256");
    parts.signer = [key = parts.key](std::string_view signing_input) {
        const Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
        EVP_PKEY_CTX* parameters = nullptr;
        const int begun = EVP_DigestSignInit_ex(
            context.get(), &parameters, "SHA256", nullptr, nullptr, key, nullptr
        );
        SFM_ASSERT(begun == 1);
        SFM_ASSERT(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1);
        SFM_ASSERT(EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_MAX) == 1);
        std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
        ByteBuffer signature(size);
        const int done = EVP_DigestSign(
            context.get(),
            reinterpret_cast<unsigned char*>(signature.data()),
            &size,
            reinterpret_cast<const unsigned char*>(signing_input.data()),
            signing_input.size()
        );
        SFM_ASSERT(done == 1);
        return signature;
    };
}

void put_url_twice(TokenParts& parts) {
    parts.payload_text = R"({"htu":"http://other.test/",)" + print_json(parts.claims).substr(1);
}

/// From scheme to path with the host replaced.
std::string with_host(const std::string& url, const std::string& host) {
    const std::size_t begin = url.find("://") + 3;
    return url.substr(0, begin) + host + url.substr(url.find('/', begin));
}

using Parts = TokenParts;

constexpr std::array variants = {
    BrokenVariant{
        "prf-garbage",
        "no JWT",
        [](Parts& p) { p.afterwards = [](const std::string&) { return "not-a-proof"; }; }
    },
    BrokenVariant{
        "prf-comma",
        "two proofs divided by a comma",
        [](Parts& p) {
            p.afterwards = [](const std::string& proof) { return proof + ", " + proof; };
        }
    },
    BrokenVariant{"prf-typ", "typ JWT", [](Parts& p) { p.header.set("typ", "JWT"); }},
    BrokenVariant{"prf-typ-none", "no typ", [](Parts& p) { p.header.remove("typ"); }},
    BrokenVariant{
        "prf-alg-none", "alg none, no signature", [](Parts& p) { unsigned_as(p, "none"); }
    },
    BrokenVariant{"prf-alg-hs", "alg HS256", [](Parts& p) { set_algorithm(p, "HS256"); }},
    BrokenVariant{"prf-alg-none-member", "no alg", [](Parts& p) { p.header.remove("alg"); }},
    BrokenVariant{"prf-alg-unsup", "alg EdDSA", [](Parts& p) { set_algorithm(p, "EdDSA"); }},
    BrokenVariant{"prf-alg-unsup-k", "alg ES256K", [](Parts& p) { set_algorithm(p, "ES256K"); }},
    BrokenVariant{
        "prf-jwk-none",
        "kid instead of jwk",
        [](Parts& p) {
            p.header.remove("jwk");
            p.header.set("kid", "client-key");
        }
    },
    BrokenVariant{
        "prf-jwk-private",
        "a private member in jwk (not the real one)",
        [](Parts& p) { change_jwk(p, "d", "AQAB"); }
    },
    BrokenVariant{"prf-jwk-oct", "kty oct", [](Parts& p) { change_jwk(p, "kty", "oct"); }},
    BrokenVariant{
        "prf-jwk-small",
        "an RSA key of 1024 bits",
        [](Parts& p) { use_key(p, new_rsa_key(1024), wire::SignatureAlgorithm::ps256); }
    },
    BrokenVariant{"prf-jwk-curve", "a point that is off the curve", leave_the_curve},
    BrokenVariant{"prf-jwk-curve-short", "a coordinate one byte short", shorten_coordinate},
    BrokenVariant{"prf-jwk-curve-alg", "ES256 with P-384", mix_curves},
    BrokenVariant{
        "prf-jwk-alg",
        "another alg in jwk than in the header",
        [](Parts& p) { change_jwk(p, "alg", "RS512"); }
    },
    BrokenVariant{"prf-sig", "one bit of the signature flipped", flip_signature_bit},
    BrokenVariant{
        "prf-sig-key",
        "signed by another key than jwk",
        [](Parts& p) {
            const JsonValue header = p.header;
            use_key(p, new_rsa_key(2048), wire::SignatureAlgorithm::ps256);
            p.header = header;
        }
    },
    BrokenVariant{"prf-pss-salt", "PS256 with the longest salt", use_longest_salt},
    BrokenVariant{"prf-dup", "htu twice", put_url_twice},
    BrokenVariant{"prf-jti-none", "no jti", [](Parts& p) { p.claims.remove("jti"); }},
    BrokenVariant{"prf-jti-empty", "an empty jti", [](Parts& p) { p.claims.set("jti", ""); }},
    BrokenVariant{
        "prf-jti-number", "a number as jti", [](Parts& p) { p.claims.set("jti", std::int64_t{1}); }
    },
    BrokenVariant{
        "prf-jti-long",
        "a jti of 257 bytes",
        [](Parts& p) { p.claims.set("jti", std::string(257, 'a')); }
    },
    BrokenVariant{"prf-htm-none", "no htm", [](Parts& p) { p.claims.remove("htm"); }},
    BrokenVariant{"prf-htm", "htm PUT", [](Parts& p) { p.claims.set("htm", "PUT"); }},
    BrokenVariant{
        "prf-htm-case",
        "htm in small letters",
        [](Parts& p) {
            std::string method = text_of(p, "htm");
            for (char& letter : method) letter = static_cast<char>(letter | 0x20);
            p.claims.set("htm", std::move(method));
        }
    },
    BrokenVariant{"prf-htu-none", "no htu", [](Parts& p) { p.claims.remove("htu"); }},
    BrokenVariant{
        "prf-htu",
        "another path in htu",
        [](Parts& p) { p.claims.set("htu", with_host(text_of(p, "htu"), "localhost") + "/x"); }
    },
    BrokenVariant{
        "prf-htu-host",
        "another host in htu",
        [](Parts& p) { p.claims.set("htu", with_host(text_of(p, "htu"), "other.test")); }
    },
    BrokenVariant{
        "prf-htu-port",
        "another port in htu",
        [](Parts& p) { p.claims.set("htu", with_host(text_of(p, "htu"), "localhost:9")); }
    },
    BrokenVariant{
        "prf-htu-scheme",
        "another scheme in htu",
        [](Parts& p) {
            const std::string url = text_of(p, "htu");
            const bool tls = url.starts_with("https");
            p.claims.set("htu", (tls ? "http" : "https") + url.substr(url.find("://")));
        }
    },
    BrokenVariant{
        "prf-htu-slash",
        "a slash behind htu",
        [](Parts& p) { p.claims.set("htu", text_of(p, "htu") + "/"); }
    },
    BrokenVariant{
        "prf-htu-query",
        "a query in htu (refused only where htu is compared exactly)",
        [](Parts& p) { p.claims.set("htu", text_of(p, "htu") + "?part=1"); }
    },
    BrokenVariant{"prf-iat-none", "no iat", [](Parts& p) { p.claims.remove("iat"); }},
    BrokenVariant{
        "prf-iat-string",
        "iat as text",
        [](Parts& p) { p.claims.set("iat", std::to_string(*p.claims.find("iat")->integer())); }
    },
    BrokenVariant{"prf-iat-old", "iat 11 s ago", [](Parts& p) { move_time(p, -11); }},
    // Far enough ahead that it is so when the request is made by hand.
    BrokenVariant{"prf-iat-future", "iat a minute ahead", [](Parts& p) { move_time(p, 60); }},
    BrokenVariant{
        "prf-iat-ms",
        "iat in milliseconds",
        [](Parts& p) { p.claims.set("iat", JsonValue(*p.claims.find("iat")->integer() * 1000)); }
    },
    BrokenVariant{"prf-ath-none", "no ath", [](Parts& p) { p.claims.remove("ath"); }},
    BrokenVariant{
        "prf-ath-wrong",
        "ath of another token",
        [](Parts& p) {
            // RFC 9449 section 7.1.
            p.claims.set("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
        }
    },
    BrokenVariant{
        "prf-ath-hex",
        "ath in hex",
        [](Parts& p) {
            const auto hash = wire::decode_base64url(text_of(p, "ath"));
            p.claims.set("ath", platform::to_hex(*hash));
        }
    },
    BrokenVariant{
        "prf-ath-padded",
        "ath with padding",
        [](Parts& p) { p.claims.set("ath", text_of(p, "ath") + "="); }
    },
    BrokenVariant{
        "prf-nonce-old",
        "a nonce that the server never gave",
        [](Parts& p) { p.claims.set("nonce", "AAAAAAAAAAAAAAAAAAAAAA"); }
    },
};

}  // namespace

std::span<const BrokenVariant> broken_proofs() noexcept {
    return variants;
}

}  // namespace sfmkit::mockserver
