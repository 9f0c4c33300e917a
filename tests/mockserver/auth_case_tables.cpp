#include "tests/mockserver/auth_case_tables.hpp"

#include <optional>
#include <utility>

namespace sfmkit::mockserver {
namespace {

Case bad_token(std::string id, std::string routes, Outcome outcome, std::string reason) {
    return {id, routes, outcome, reason, [id](Order& order) { order.token_variant = id; }};
}

Case bad_proof(std::string id, std::string reason) {
    const auto change = [id](Order& order) { order.proof_variant = id; };
    return {id, "2", Outcome::proof, reason, change};
}

Case bad_head(
    std::string id,
    std::string routes,
    Outcome outcome,
    std::string reason,
    std::function<void(wire::RequestHead&)> change
) {
    const auto apply = [change = std::move(change)](Order& order) { order.head_change = change; };
    return {std::move(id), std::move(routes), outcome, std::move(reason), apply};
}

void set_authorization(wire::RequestHead& head, std::optional<std::string> value) {
    set_field(head, "Authorization", std::move(value));
}

std::string authorization(const wire::RequestHead& head) {
    return std::string(head.fields.first("Authorization").value_or(""));
}

}  // namespace

std::vector<Case> credential_cases() {
    return {
        bad_head(
            "cred-none",
            "*",
            Outcome::challenge,
            "credential.missing",
            [](auto& head) { set_authorization(head, std::nullopt); }
        ),
        bad_head(
            "cred-basic",
            "*",
            Outcome::challenge,
            "credential.scheme-unknown",
            [](auto& head) { set_authorization(head, "Basic dXNlcjpwYXNz"); }
        ),
        bad_head(
            "cred-empty",
            "*",
            Outcome::request,
            "credential.empty",
            [](auto& head) {
                set_authorization(
                    head, authorization(head).substr(0, authorization(head).find(' '))
                );
            }
        ),
        bad_head(
            "cred-empty-blank",
            "*",
            Outcome::request,
            "credential.empty",
            [](auto& head) {
                const std::string value = authorization(head);
                set_authorization(head, value.substr(0, value.find(' ') + 1));
            }
        ),
        bad_head(
            "cred-chars-blank",
            "*",
            Outcome::request,
            "credential.form",
            [](auto& head) { set_authorization(head, authorization(head) + " x"); }
        ),
        bad_head(
            "cred-chars-comma",
            "*",
            Outcome::request,
            "credential.form",
            [](auto& head) { set_authorization(head, authorization(head) + ",x"); }
        ),
        bad_head(
            "cred-chars-quotes",
            "*",
            Outcome::request,
            "credential.form",
            [](auto& head) {
                const std::string value = authorization(head);
                const std::size_t begin = value.find(' ') + 1;
                set_authorization(head, value.substr(0, begin) + '"' + value.substr(begin) + '"');
            }
        ),
        bad_head(
            "cred-chars-ascii",
            "*",
            Outcome::request,
            "credential.form",
            [](auto& head) { set_authorization(head, authorization(head) + "\xc3\xa6"); }
        ),
        bad_head(
            "cred-two",
            "*",
            Outcome::both,
            "credential.twice",
            [](auto& head) { head.fields.add("authorization", "Bearer abc"); }
        ),
        bad_head(
            "cred-query",
            "1",
            Outcome::challenge,
            "credential.in-url",
            [](auto& head) {
                head.target += "?access_token=" + authorization(head).substr(7);
                set_authorization(head, std::nullopt);
            }
        ),
        bad_head(
            "cred-bearer-on-v2",
            "2",
            Outcome::token,
            "credential.scheme-of-other-route",
            [](auto& head) { set_authorization(head, "Bearer" + authorization(head).substr(4)); }
        ),
        bad_head(
            "cred-dpop-on-v1",
            "1",
            Outcome::token,
            "credential.scheme-of-other-route",
            [](auto& head) { set_authorization(head, "DPoP" + authorization(head).substr(6)); }
        ),
        bad_token("cred-downgrade", "1", Outcome::token, "token.bound-as-bearer"),
    };
}

std::vector<Case> token_cases() {
    const auto token = [](std::string id, std::string reason) {
        return bad_token(std::move(id), "*", Outcome::token, std::move(reason));
    };
    return {
        token("tok-segments", "token.segment-count"),
        token("tok-b64-pad", "token.not-base64url"),
        token("tok-json", "token.not-an-object"),
        token("tok-dup", "token.duplicate-member"),
        token("tok-none", "token.algorithm-none"),
        token("tok-None", "token.algorithm-none"),
        token("tok-hs-confusion", "token.algorithm-symmetric"),
        token("tok-alg-other", "token.algorithm-not-listed"),
        token("tok-nosig", "token.signature-missing"),
        token("tok-sigflip", "token.signature-wrong"),
        token("tok-payload-edit", "token.signature-wrong"),
        token("tok-otherkey", "token.signature-wrong"),
        token("tok-kid-unknown", "token.kid-unknown"),
        token("tok-kid-none", "token.kid-missing"),
        token("tok-kid-path", "token.kid-unknown"),
        token("tok-jwk-header", "token.signature-wrong"),
        token("tok-jku", "token.kid-unknown"),
        token("tok-crit", "token.critical-header"),
        token("tok-b64", "token.unencoded-payload"),
        token("tok-typ", "token.typ"),
        token("tok-typ-logout", "token.typ"),
        token("tok-typ-none", "token.typ"),
        token("clm-iss", "token.iss"),
        token("clm-iss-slash", "token.iss"),
        token("clm-aud", "token.aud"),
        token("clm-aud-none", "token.aud"),
        token("clm-aud-multi", "token.aud-many"),
        token("clm-exp", "token.expired"),
        token("clm-exp-long", "token.expired"),
        token("clm-exp-none", "token.member-missing"),
        token("clm-exp-string", "token.member-type"),
        token("clm-exp-huge", "token.not-json"),
        token("clm-exp-negative", "token.member-type"),
        token("clm-nbf", "token.nbf"),
        token("clm-iat-future", "token.iat"),
        bad_token("bnd-cnf-none", "2", Outcome::token, "token.cnf"),
        bad_token("bnd-jkt-none", "2", Outcome::token, "token.cnf"),
        bad_token("bnd-jkt", "2", Outcome::token, "token.key-binding"),
        bad_token("clm-scope-none", "*", Outcome::scope, "token.scope-missing"),
        bad_token("clm-scope-portal", "*", Outcome::scope, "token.scope"),
        bad_token("clm-scope-gen", "*", Outcome::scope, "token.scope"),
        bad_token("clm-scope-prefix", "*", Outcome::scope, "token.scope"),
        bad_token("clm-level", "*", Outcome::forbidden, "token.claim"),
        bad_token("clm-level-none", "*", Outcome::forbidden, "token.claim-missing"),
        bad_token("clm-pid", "*", Outcome::forbidden, "token.claim-missing"),
        bad_token("clm-hpr", "*", Outcome::forbidden, "token.claim-missing"),
        bad_token("clm-journal", "*", Outcome::forbidden, "token.claim-missing"),
        bad_token("clm-journal-form", "*", Outcome::forbidden, "token.claim"),
        bad_token("clm-org", "*", Outcome::forbidden, "token.claim"),
        bad_token("clm-org-none", "*", Outcome::forbidden, "token.claim-missing"),
        bad_token("clm-supplier-none", "*", Outcome::forbidden, "token.claim-missing"),
    };
}

std::vector<Case> proof_cases() {
    return {
        bad_head(
            "prf-none",
            "2",
            Outcome::proof,
            "proof.missing",
            [](auto& head) { set_field(head, "DPoP", std::nullopt); }
        ),
        bad_head(
            "prf-empty",
            "2",
            Outcome::proof,
            "proof.missing",
            [](auto& head) { set_field(head, "DPoP", ""); }
        ),
        bad_head(
            "prf-two",
            "2",
            Outcome::proof,
            "proof.twice",
            [](auto& head) { head.fields.add("dpop", *head.fields.first("DPoP")); }
        ),
        bad_proof("prf-comma", "proof.list"),
        bad_proof("prf-garbage", "proof.segment-count"),
        bad_proof("prf-typ", "proof.typ"),
        bad_proof("prf-typ-none", "proof.typ"),
        bad_proof("prf-alg-none", "proof.algorithm-none"),
        bad_proof("prf-alg-hs", "proof.algorithm-symmetric"),
        bad_proof("prf-alg-none-member", "proof.member-missing"),
        bad_proof("prf-alg-unsup", "proof.algorithm-unknown"),
        bad_proof("prf-alg-unsup-k", "proof.algorithm-unknown"),
        bad_proof("prf-jwk-none", "proof.member-missing"),
        bad_proof("prf-jwk-private", "proof.key-is-private"),
        bad_proof("prf-jwk-oct", "proof.key-type"),
        bad_proof("prf-jwk-small", "proof.key-too-small"),
        bad_proof("prf-jwk-curve", "proof.point-off-curve"),
        bad_proof("prf-jwk-curve-short", "proof.coordinate-length"),
        bad_proof("prf-jwk-curve-alg", "proof.key-algorithm"),
        bad_proof("prf-jwk-alg", "proof.key-algorithm"),
        bad_proof("prf-sig", "proof.signature-wrong"),
        bad_proof("prf-sig-key", "proof.signature-wrong"),
        bad_proof("prf-pss-salt", "proof.signature-wrong"),
        bad_proof("prf-dup", "proof.duplicate-member"),
        bad_proof("prf-jti-none", "proof.member-missing"),
        bad_proof("prf-jti-empty", "proof.member-type"),
        bad_proof("prf-jti-number", "proof.member-type"),
        bad_proof("prf-jti-long", "proof.jti-long"),
        bad_proof("prf-htm-none", "proof.member-missing"),
        bad_proof("prf-htm", "proof.htm"),
        bad_proof("prf-htm-case", "proof.htm"),
        bad_proof("prf-htu-none", "proof.member-missing"),
        bad_proof("prf-htu", "proof.htu"),
        bad_proof("prf-htu-host", "proof.htu"),
        bad_proof("prf-htu-port", "proof.htu"),
        bad_proof("prf-htu-scheme", "proof.htu"),
        bad_proof("prf-htu-slash", "proof.htu"),
        bad_head(
            "prf-htu-reuse",
            "2",
            Outcome::proof,
            "proof.htu",
            [](auto& head) { head.target += "/0123456789abcdef0123456789abcdef"; }
        ),
        {"prf-htu-hosthdr",
         "2",
         Outcome::proof,
         "proof.htu",
         [](Order& order) {
             order.proof_change = [](TokenParts& parts) {
                 parts.claims.set("htu", "http://evil.test/v2/files");
             };
             order.head_change = [](auto& head) { set_field(head, "Host", "evil.test"); };
         }},
        bad_proof("prf-iat-none", "proof.member-missing"),
        bad_proof("prf-iat-string", "proof.member-type"),
        bad_proof("prf-iat-old", "proof.iat-old"),
        bad_proof("prf-iat-future", "proof.iat-future"),
        {"prf-iat-future-edge",
         "2",
         Outcome::proof,
         "proof.iat-future",
         [](Order& order) {
             // One second more than is let pass.
             order.proof_change = [](TokenParts& parts) {
                 const std::int64_t now = parts.now.time_since_epoch().count();
                 parts.claims.set("iat", now + 6);
             };
         }},
        bad_proof("prf-iat-ms", "proof.iat-milliseconds"),
        bad_proof("prf-ath-none", "proof.member-missing"),
        bad_proof("prf-ath-wrong", "proof.ath"),
        bad_proof("prf-ath-hex", "proof.ath"),
        bad_proof("prf-ath-padded", "proof.ath"),
    };
}

}  // namespace sfmkit::mockserver
