#include "mockserver/auth/guard.hpp"

#include "mockserver/auth/proof_url.hpp"
#include "mockserver/auth/sfm_claims.hpp"
#include "wire/jose/jws.hpp"

#include <algorithm>
#include <utility>

namespace sfmkit::mockserver {
namespace {

constexpr platform::Duration nonce_life = std::chrono::minutes(5);
constexpr std::size_t most_uploads = 100'000;
constexpr std::size_t most_sessions = 10'000;

platform::Duration window_of(const AuthSettings& settings) {
    return settings.proof_past + settings.proof_future + std::chrono::seconds(1);
}

std::string_view path_of(std::string_view target) {
    target = target.substr(0, target.find_first_of("?#"));
    const std::size_t scheme = target.find("://");
    if (scheme == std::string_view::npos || target.starts_with('/')) return target;
    const std::size_t slash = target.find('/', scheme + 3);
    return slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
}

/// What evidence can know of a token that nobody judges.
std::string claims_of_unjudged(std::string_view token) {
    const auto jws = wire::parse_jws(token);
    if (!jws) return {};
    const auto claims = claims_of(*jws);
    return claims ? masked_claims(*claims) : std::string();
}

std::string hours_told(std::chrono::seconds time) {
    return std::to_string(time.count()) + " s";
}

}  // namespace

Guard::Guard(
    AuthSettings settings, const platform::CryptoAlgorithms& algorithms, platform::Random& random
)
    : settings_(std::move(settings)),
      sha256_(*algorithms.sha256),
      used_(settings_.most_proofs, window_of(settings_)),
      nonces_(random, nonce_life),
      uploads_(most_uploads),
      sessions_(most_sessions) {}

void Guard::upload_created(const std::string& upload_id, const AuthVerdict& verdict) {
    if (verdict.owner) uploads_.add(upload_id, *verdict.owner);
}

void Guard::upload_ended(const std::string& upload_id) {
    uploads_.remove(upload_id);
}

bool Guard::needs_credential(const AuthRequest& request) const {
    const auto& methods =
        request.route == AuthRoute::dpop ? settings_.v2_methods : settings_.v1_methods;
    return std::ranges::find(methods, request.head.method) != methods.end();
}

/// What the client has to have asked for; never what a stranger's Host header says.
std::string Guard::url_of(const AuthRequest& request) const {
    const std::string path(path_of(request.head.target));
    if (!settings_.public_url.empty()) {
        std::string url = settings_.public_url;
        while (url.ends_with('/')) url.pop_back();
        return url + path;
    }
    std::string authority(request.head.fields.first("Host").value_or(""));
    const std::string host = host_of(authority);
    const bool ours = host.ends_with(".localhost") ||
                      std::ranges::find(settings_.hosts, host) != settings_.hosts.end();
    if (!ours) authority = settings_.hosts.empty() ? "localhost" : settings_.hosts.front();
    return (request.tls ? "https://" : "http://") + authority + path;
}

AuthVerdict Guard::judge(
    const AuthRequest& request, platform::WallTime wall, platform::SteadyTime steady
) {
    AuthVerdict verdict;
    const Moment now = {.wall = std::chrono::floor<std::chrono::seconds>(wall), .steady = steady};
    const auto credential = read_credential(request.head);
    if (!credential) {
        const AuthReason reason = credential.error().reason;
        const bool none_came =
            reason == AuthReason::credential_missing || reason == AuthReason::token_in_url;
        verdict.outcome = credential.error();
        if (none_came && !needs_credential(request)) {
            if (reason == AuthReason::token_in_url) verdict.remarks.push_back(credential.error());
            verdict.outcome = problem(AuthReason::not_needed);
        }
        return verdict;
    }
    const auto hash = platform::digest_of(sha256_, platform::as_bytes(credential->token));
    verdict.token_sha256 = platform::to_hex(hash);
    verdict.outcome = problem(AuthReason::accepted);
    if (credential->scheme != request.route) {
        const bool wants_dpop = request.route == AuthRoute::dpop;
        verdict.outcome = problem(
            AuthReason::scheme_of_other_route,
            {.field = "Authorization",
             .expected = wants_dpop ? "DPoP" : "Bearer",
             .came = wants_dpop ? "Bearer" : "DPoP"}
        );
        return verdict;
    }
    if (settings_.mode == AuthMode::presence) {
        verdict.claims = claims_of_unjudged(credential->token);
        if (request.route == AuthRoute::bearer) return verdict;
        const auto proof = read_proof(request.head);
        if (!proof) verdict.outcome = proof.error();
        return verdict;
    }
    auto found = judge_content(request, credential->token, now, verdict);
    if (found) verdict.outcome = std::move(*found);
    const bool nonce_turns = settings_.wants_nonce && request.route == AuthRoute::dpop;
    const bool tells_nonce =
        verdict.accepted() || row_of(verdict.outcome.reason).error == AuthError::nonce_needed;
    if (nonce_turns && tells_nonce) verdict.nonce = nonces_.newest(steady);
    return verdict;
}

std::optional<AuthProblem> Guard::judge_content(
    const AuthRequest& request, std::string_view token, Moment now, AuthVerdict& verdict
) {
    TokenFacts facts;
    auto refused = judge_token(settings_, request.route, token, now.wall, facts);
    if (facts.claims) verdict.claims = masked_claims(*facts.claims);
    if (refused) return refused;
    verdict.owner = owner_of(*facts.claims);
    if (auto found = judge_expiry(request, facts, verdict)) return found;
    if (request.route == AuthRoute::dpop) {
        if (auto found = judge_proof_of(request, token, facts, now, verdict)) {
            if (settings_.mode == AuthMode::dpop) return found;
            verdict.remarks.push_back(std::move(*found));
        }
    }
    if (auto found = judge_scope(request.route, *facts.claims)) return found;
    if (settings_.wants_sfm_claims) {
        if (auto found = judge_sfm_claims(*facts.claims)) return found;
    }
    if (auto found = judge_owner(request, verdict)) return found;
    const bool begins_session = request.head.method == "POST" && !request.session_id.empty();
    if (begins_session && !facts.expired_for) sessions_.add(request.session_id, *verdict.owner);
    return std::nullopt;
}

/// Whether a token that has expired will do for this request.
std::optional<AuthProblem> Guard::judge_expiry(
    const AuthRequest& request, const TokenFacts& facts, AuthVerdict& verdict
) const {
    if (!facts.expired_for) return std::nullopt;
    const bool is_post = request.head.method == "POST";
    const TokenOwner* began = sessions_.find(request.session_id);
    bool graced = *facts.expired_for < settings_.grace;
    switch (settings_.expiry) {
        case ExpiryPolicy::strict:
            graced = false;
            break;
        case ExpiryPolicy::skew:
            break;
        case ExpiryPolicy::create_grace:
            graced = graced && !is_post;
            break;
        case ExpiryPolicy::session_grace:
            // An upload of a session that began before this server started is one that began well.
            graced = graced && (began != nullptr ? *began == *verdict.owner : !is_post);
            break;
    }
    const std::string came = hours_told(*facts.expired_for) + " after it ended";
    if (!graced) {
        return problem(
            AuthReason::expired,
            {.field = "claim exp", .expected = "a token that is still valid", .came = came}
        );
    }
    verdict.remarks.push_back(problem(
        AuthReason::expired_in_grace,
        {.field = "claim exp", .expected = "a token that is still valid", .came = came}
    ));
    return std::nullopt;
}

std::optional<AuthProblem> Guard::judge_proof_of(
    const AuthRequest& request,
    std::string_view token,
    const TokenFacts& facts,
    Moment now,
    AuthVerdict& verdict
) {
    const auto text = read_proof(request.head);
    if (!text) return text.error();
    const ProofContext context = {
        .method = request.head.method,
        .url = url_of(request),
        .token = token,
        .jkt = facts.jkt,
        .now = now.wall
    };
    ProofFacts proof;
    if (auto found = judge_proof(settings_, *text, context, sha256_, proof)) return found;
    if (settings_.wants_nonce) {
        if (auto found = judge_nonce(proof, now)) return found;
    }
    const auto entry = used_.add(proof.jkt, proof.jti, sha256_, now.steady);
    if (entry == ReplayCache::Entry::known) {
        return problem(
            AuthReason::proof_replayed,
            {.field = "DPoP jti", .expected = "a jti of its own", .came = "one that was used before"
            }
        );
    }
    if (entry == ReplayCache::Entry::full) {
        const std::string most = std::to_string(settings_.most_proofs);
        return problem(
            AuthReason::replay_cache_full,
            {.field = "DPoP jti", .expected = most + " proofs at a time or fewer", .came = "more"}
        );
    }
    if (proof.url_normalised) {
        verdict.remarks.push_back(problem(
            AuthReason::proof_url_form,
            {.field = "DPoP htu", .expected = shown(context.url), .came = proof.htu}
        ));
    }
    return std::nullopt;
}

std::optional<AuthProblem> Guard::judge_nonce(const ProofFacts& proof, Moment now) {
    if (!proof.nonce) {
        return problem(
            AuthReason::nonce_missing,
            {.field = "DPoP nonce", .expected = "the value of DPoP-Nonce", .came = "no such member"}
        );
    }
    if (nonces_.knows(*proof.nonce, now.steady)) return std::nullopt;
    return problem(
        AuthReason::nonce_unknown,
        {.field = "DPoP nonce", .expected = "the value of DPoP-Nonce", .came = "another one"}
    );
}

std::optional<AuthProblem> Guard::judge_owner(
    const AuthRequest& request, const AuthVerdict& verdict
) const {
    const TokenOwner* owner = uploads_.find(request.upload_id);
    if (owner == nullptr || !verdict.owner || *owner == *verdict.owner) return std::nullopt;
    const char* const differs = owner->client != verdict.owner->client ? "client_id"
                                : owner->journal != verdict.owner->journal
                                    ? "nhn:sfm:journal-id"
                                    : "helseid://claims/client/claims/orgnr_parent";
    return problem(
        AuthReason::other_owner,
        {.field = std::string("claim ") + differs,
         .expected = "that of the token which created the upload",
         .came = "another one"}
    );
}

}  // namespace sfmkit::mockserver
