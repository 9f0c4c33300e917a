#include "mockserver/auth/proof.hpp"

#include "mockserver/auth/access_token.hpp"
#include "mockserver/auth/proof_url.hpp"
#include "wire/jose/base64url.hpp"
#include "wire/jose/jws.hpp"

namespace sfmkit::mockserver {
namespace {

using std::chrono::seconds;
using wire::JoseError;
using wire::JsonValue;

constexpr std::size_t most_jti_bytes = 256;

AuthProblem refused(const JoseError& error) {
    return problem(AuthReason::proof_jose, error);
}

AuthProblem refused(
    AuthReason reason, std::string_view member, std::string expected, std::string came
) {
    return problem(
        reason,
        {.field = "DPoP " + std::string(member),
         .expected = std::move(expected),
         .came = std::move(came)}
    );
}

/// Checks 2 to 7: form, type, algorithm, key and signature.
std::optional<AuthProblem> judge_signature(
    const wire::Jws& jws, const EVP_MD& sha256, ProofFacts& facts
) {
    const auto type = text_member(jws.header, "typ");
    if (!type || *type != "dpop+jwt") {
        const std::string came = type ? shown(*type) : "no text";
        return refused(AuthReason::proof_type, "typ", "dpop+jwt", came);
    }
    const auto algorithm = algorithm_of(jws);
    if (!algorithm) return refused(algorithm.error());
    const JsonValue* members = jws.header.find("jwk");
    if (members == nullptr) {
        return refused({.fault = wire::JoseFault::member_missing, .member = "jwk"});
    }
    if (members->object() == nullptr) {
        return refused(
            {.fault = wire::JoseFault::member_type,
             .member = "jwk",
             .expected = "an object",
             .actual = std::string(members->type_name())}
        );
    }
    const auto key = wire::Jwk::parse_public(*members);
    if (!key) return refused(key.error());
    if (const auto verified = verify(jws, *algorithm, *key); !verified) {
        return refused(verified.error());
    }
    facts.jkt = thumbprint(*key, sha256);
    return std::nullopt;
}

std::optional<AuthProblem> judge_time(
    const AuthSettings& settings, const JsonValue& claims, std::chrono::sys_seconds now
) {
    const JsonValue* claim = claims.find("iat");
    if (claim == nullptr) {
        return refused({.fault = wire::JoseFault::member_missing, .member = "iat"});
    }
    const auto issued = time_of(*claim);
    if (!issued) {
        return refused(
            {.fault = wire::JoseFault::member_type,
             .member = "iat",
             .expected = "seconds since 1970 as a number",
             .actual = std::string(claim->type_name())}
        );
    }
    const std::string expected = "at most " + std::to_string(settings.proof_past.count()) +
                                 " s ago and " + std::to_string(settings.proof_future.count()) +
                                 " s ahead";
    const seconds ahead = *issued - now;
    if (ahead > settings.proof_future) {
        // Counted in milliseconds, today is far beyond the year 10000 divided by ten.
        const bool in_milliseconds = issued->time_since_epoch() > now.time_since_epoch() * 100;
        return refused(
            in_milliseconds ? AuthReason::proof_milliseconds : AuthReason::proof_future,
            "iat",
            expected,
            std::to_string(ahead.count()) + " s ahead"
        );
    }
    if (-ahead > settings.proof_past) {
        const std::string came = std::to_string(-ahead.count()) + " s ago";
        return refused(AuthReason::proof_old, "iat", expected, came);
    }
    return std::nullopt;
}

std::optional<AuthProblem> judge_url(
    const AuthSettings& settings,
    std::string_view htu,
    const ProofContext& context,
    ProofFacts& facts
) {
    facts.htu = shown(htu);
    const UrlMatch match = compare_urls(htu, context.url);
    facts.url_normalised = match == UrlMatch::normalised;
    if (match == UrlMatch::exact) return std::nullopt;
    if (match == UrlMatch::normalised && !settings.exact_htu) return std::nullopt;
    return refused(AuthReason::proof_url, "htu", shown(context.url), facts.htu);
}

std::optional<AuthProblem> judge_claims(
    const AuthSettings& settings,
    const JsonValue& claims,
    const ProofContext& context,
    const EVP_MD& sha256,
    ProofFacts& facts
) {
    const auto jti = text_member(claims, "jti");
    if (!jti) return refused(jti.error());
    if (jti->size() > most_jti_bytes) {
        const std::string came = std::to_string(jti->size()) + " bytes";
        return refused(AuthReason::proof_id_long, "jti", "256 bytes or fewer", came);
    }
    facts.jti = *jti;
    const auto method = text_member(claims, "htm");
    if (!method) return refused(method.error());
    if (*method != context.method) {
        return refused(AuthReason::proof_method, "htm", shown(context.method), shown(*method));
    }
    const auto url = text_member(claims, "htu");
    if (!url) return refused(url.error());
    if (auto found = judge_url(settings, *url, context, facts)) return found;
    if (auto found = judge_time(settings, claims, context.now)) return found;
    const auto nonce = optional_text_member(claims, "nonce");
    if (!nonce) return refused(nonce.error());
    if (*nonce) facts.nonce = std::string(**nonce);
    const auto token_hash = text_member(claims, "ath");
    if (!token_hash) return refused(token_hash.error());
    const auto hash = platform::digest_of(sha256, platform::as_bytes(context.token));
    if (*token_hash != wire::encode_base64url(hash)) {
        return refused(
            AuthReason::proof_token_hash,
            "ath",
            "the hash of the token in Authorization",
            "another text of " + std::to_string(token_hash->size()) + " letters"
        );
    }
    return std::nullopt;
}

}  // namespace

std::optional<AuthProblem> judge_proof(
    const AuthSettings& settings,
    std::string_view proof,
    const ProofContext& context,
    const EVP_MD& sha256,
    ProofFacts& facts
) {
    const auto jws = wire::parse_jws(proof);
    if (!jws) return refused(jws.error());
    if (auto found = judge_signature(*jws, sha256, facts)) return found;
    const auto claims = claims_of(*jws);
    if (!claims) return refused(claims.error());
    if (auto found = judge_claims(settings, *claims, context, sha256, facts)) return found;
    if (context.jkt.empty() || context.jkt == facts.jkt) return std::nullopt;
    return problem(
        AuthReason::key_binding,
        {.field = "claim cnf.jkt",
         .expected = "the thumbprint of the proof's key, " + facts.jkt,
         .came = "that of another key, " + shown(context.jkt)}
    );
}

}  // namespace sfmkit::mockserver
