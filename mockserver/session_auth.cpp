#include "mockserver/auth/challenge.hpp"
#include "mockserver/session.hpp"
#include "mockserver/sfm/file_claims.hpp"
#include "wire/jose/json_value.hpp"

#include <utility>

// Whether credentials will do. Judged behind the claim: what is no request of tus is answered so.

namespace sfmkit::mockserver {
namespace {

/// The rule of the client that a refusal or a remark is about.
std::string_view rule_of(AuthError error) {
    switch (error) {
        case AuthError::invalid_token:
            return "AUT-02";
        case AuthError::invalid_proof:
        case AuthError::nonce_needed:
            return "AUT-03";
        case AuthError::scope:
        case AuthError::forbidden:
            return "AUT-04";
        case AuthError::overloaded:
            return "LIM-01";
        case AuthError::none:
        case AuthError::challenge:
        case AuthError::invalid_request:
            break;
    }
    return "AUT-01";
}

findings::Finding finding_of(
    const AuthProblem& problem, findings::Severity severity, std::string file
) {
    const AuthReasonRow& row = row_of(problem.reason);
    findings::Finding finding;
    finding.rule = rule_of(row.error);
    finding.severity = severity;
    finding.file = std::move(file);
    finding.place.entry = problem.field.empty() ? "Authorization" : problem.field;
    finding.expected = problem.expected.empty() ? "credentials as NHN asks for" : problem.expected;
    finding.actual = problem.came.empty() ? "others" : problem.came;
    finding.message =
        row.description.empty() ? problem.name : std::string(row.description) + ", " + problem.name;
    finding.next = problem.next.empty() ? std::string(row.next) : problem.next;
    return finding;
}

/// What may be kept of a token: its claims without the signature, and its hash.
std::string kept_token(const AuthVerdict& verdict) {
    if (verdict.token_sha256.empty()) return {};
    const std::string claims = verdict.claims.empty() ? "null" : verdict.claims;
    return R"({"sha256":")" + verdict.token_sha256 + R"(","claims":)" + claims + "}";
}

}  // namespace

/// Nothing when the credentials of the request, if there are any, were not let expire.
std::optional<Answer> Session::refuse_expired_credentials(Action action) {
    const auto value = stream_.reader().head().fields.first("Authorization");
    if (!value || action == Action::product_version) return std::nullopt;
    if (!site_.credentials.is_expired(*value)) {
        site_.credentials.note(*value);
        return std::nullopt;
    }
    evidence_.auth = "expired";
    Answer answer = bare_answer(401);
    answer.fields.add(
        "WWW-Authenticate",
        "Bearer error=\"invalid_token\", error_description=\"The token expired\""
    );
    const AuthProblem expired = problem(
        AuthReason::expired,
        {.field = "Authorization",
         .expected = "a token that was not let expire",
         .came = "one that was"}
    );
    answer.reason = finding_of(expired, findings::Severity::error, request_line(evidence_));
    return answer;
}

std::optional<Answer> Session::refuse_credentials(const Claim& claim, const Known& known) {
    verdict_ = {};
    const bool judged = claim.action != Action::none && claim.action != Action::options &&
                        claim.action != Action::product_version;
    if (site_.guard == nullptr || !judged) return std::nullopt;
    const wire::RequestHead& head = stream_.reader().head();
    const std::string_view metadata =
        known.upload ? std::string_view(known.upload->metadata)
                     : head.fields.first(wire::tus::upload_metadata).value_or("");
    const AuthRequest request{
        .head = head,
        .route = claim.where.base.starts_with("/v2") ? AuthRoute::dpop : AuthRoute::bearer,
        .session_id = file_claims(metadata).session_id,
        .upload_id = claim.where.id,
        .tls = site_.tls,
    };
    verdict_ = site_.guard->judge(request, site_.clock.wall_now(), site_.clock.steady_now());
    evidence_.auth = verdict_.outcome.name;
    evidence_.token = kept_token(verdict_);
    const std::string file = request_line(evidence_);
    for (const AuthProblem& remark : verdict_.remarks) {
        tell({finding_of(remark, findings::Severity::warning, file)});
    }
    if (verdict_.accepted()) return std::nullopt;
    Answer answer = challenge(verdict_, request.route, site_.guard->settings().style);
    answer.reason = finding_of(verdict_.outcome, findings::Severity::error, file);
    return answer;
}

/// RFC 9449 section 8.2: whoever was let pass gets the nonce of the next proof.
void Session::add_nonce(Answer& answer) const {
    if (verdict_.nonce.empty() || answer.fields.has("DPoP-Nonce")) return;
    answer.fields.add("DPoP-Nonce", verdict_.nonce);
}

}  // namespace sfmkit::mockserver
