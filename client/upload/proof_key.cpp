#include "client/upload/proof_key.hpp"

#include "platform/assert.hpp"
#include "platform/keys.hpp"
#include "platform/openssl.hpp"
#include "wire/jose/base64url.hpp"
#include "wire/jose/jws.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

using platform::Result;
using wire::JoseResult;
using wire::SignatureAlgorithm;

constexpr std::size_t random_bytes_of_id = 16;

/// What a key signs with when nobody says otherwise.
constexpr std::array usual_algorithms = {
    SignatureAlgorithm::ps256,
    SignatureAlgorithm::es256,
    SignatureAlgorithm::es384,
    SignatureAlgorithm::es512,
};

JoseResult<SignatureAlgorithm> algorithm_for(const wire::Jwk& key, std::string_view named) {
    if (!named.empty()) {
        const auto algorithm = wire::algorithm_named(named);
        if (!algorithm) return algorithm;
        if (auto fitting = key.fits(*algorithm); !fitting) return wire::refuse(fitting.error());
        return algorithm;
    }
    for (const SignatureAlgorithm algorithm : usual_algorithms) {
        if (key.fits(algorithm)) return algorithm;
    }
    return wire::refuse(wire::JoseFault::key_type);
}

bool is_json(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

/// RFC 9449 section 4.2: without query and fragment.
std::string address_of(const Url& url) {
    Url bare = url;
    bare.target.resize(std::min(bare.target.find('?'), bare.target.size()));
    return print(bare);
}

platform::Error unusable(const std::string& name, const wire::JoseError& error) {
    return {
        .code = platform::Errc::unusable_key,
        .what = "the key cannot sign proofs",
        .where = name,
        .expected = "a private key as PEM or JWK: RSA of 2048 bits or more, or EC P-256",
        .actual = wire::describe(error),
        .next = "sfmkit token key FILE makes one for tests",
    };
}

}  // namespace

JoseResult<ProofKey> ProofKey::make(std::shared_ptr<EVP_PKEY> key, std::string_view algorithm) {
    auto members = wire::public_members(*key);
    if (!members) return wire::refuse(members.error());
    const auto checked = wire::Jwk::parse_public(*members);
    if (!checked) return wire::refuse(checked.error());
    const auto chosen = algorithm_for(*checked, algorithm);
    if (!chosen) return wire::refuse(chosen.error());
    // Tried once, so that no proof fails later.
    const auto signature = wire::signature_over("", *chosen, *key);
    if (!signature) return wire::refuse(signature.error());
    return ProofKey(std::move(key), *chosen, std::move(*members));
}

JoseResult<ProofKey> ProofKey::of_jwk(std::string_view text) {
    const auto object = wire::parse_json_object(text);
    if (!object) return wire::refuse(object.error());
    auto jwk = wire::Jwk::parse_private(*object);
    if (!jwk) return wire::refuse(jwk.error());
    const auto owner = std::make_shared<wire::Jwk>(std::move(*jwk));
    if (!owner->use().empty() && owner->use() != "sig") {
        return wire::refuse(wire::JoseFault::key_use);
    }
    return make(std::shared_ptr<EVP_PKEY>(owner, owner->get()), owner->algorithm());
}

Result<ProofKey> ProofKey::parse(platform::Bytes content, const std::string& name) {
    if (is_json(platform::as_text(content))) {
        auto made = of_jwk(platform::as_text(content));
        if (!made) return platform::fail(unusable(name, made.error()));
        return std::move(*made);
    }
    auto key = platform::parse_signing_key(content, name);
    if (!key) return std::unexpected(std::move(key.error()));
    auto made = make(std::shared_ptr<EVP_PKEY>(std::move(*key)), "");
    if (!made) return platform::fail(unusable(name, made.error()));
    return std::move(*made);
}

std::string ProofKey::prove(
    const ProofRequest& request, platform::Random& random, const EVP_MD& sha256
) const {
    platform::ByteBuffer id(random_bytes_of_id);
    random.fill(id);
    wire::JsonValue header;
    header.set("typ", "dpop+jwt");
    header.set("alg", wire::name_of(algorithm_));
    header.set("jwk", public_);
    const auto now = std::chrono::floor<std::chrono::seconds>(request.now).time_since_epoch();
    const auto hash = platform::digest_of(sha256, platform::as_bytes(request.token));
    wire::JsonValue claims;
    claims.set("jti", wire::encode_base64url(id));
    claims.set("htm", request.method);
    claims.set("htu", address_of(request.url));
    claims.set("iat", std::int64_t{now.count()});
    claims.set("ath", wire::encode_base64url(hash));
    if (!request.nonce.empty()) claims.set("nonce", request.nonce);
    auto proof = wire::sign(wire::print_json(header), wire::print_json(claims), algorithm_, *key_);
    SFM_ASSERT(proof.has_value());
    return std::move(*proof);
}

}  // namespace sfmkit::client
