#include "mockserver/auth/access_token.hpp"

#include "wire/jose/jws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sfmkit::mockserver {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using wire::JoseError;
using wire::JsonValue;

constexpr std::array<std::string_view, 3> token_types = {"JWT", "at+jwt", "application/at+jwt"};

AuthProblem claim_problem(
    AuthReason reason, std::string_view claim, std::string expected, std::string came
) {
    return problem(
        reason,
        {.field = "claim " + std::string(claim),
         .expected = std::move(expected),
         .came = std::move(came)}
    );
}

/// The issuer whose key signed the token.
std::expected<const TrustedIssuer*, AuthProblem> verify_with_issuer(
    const AuthSettings& settings, const wire::Jws& jws
) {
    const auto refused = [](const JoseError& error) {
        return std::unexpected(problem(AuthReason::token_jose, error));
    };
    const auto algorithm = algorithm_of(jws, settings.token_algorithms);
    if (!algorithm) return refused(algorithm.error());
    const auto kid = text_member(jws.header, "kid");
    if (!kid && kid.error().fault == wire::JoseFault::member_missing) {
        return refused({.fault = wire::JoseFault::kid_missing, .member = "kid"});
    }
    if (!kid) return refused(kid.error());
    JoseError error = {
        .fault = wire::JoseFault::kid_unknown, .member = "kid", .actual = shown(*kid)
    };
    for (const TrustedIssuer& issuer : settings.issuers) {
        const auto key = issuer.keys.find(*kid, *algorithm);
        if (!key && key.error().fault != wire::JoseFault::kid_unknown) error = key.error();
        if (!key) continue;
        const auto verified = verify(jws, *algorithm, **key);
        if (verified) return &issuer;
        error = verified.error();
    }
    return refused(error);
}

std::optional<AuthProblem> judge_type(const JsonValue& header) {
    const JsonValue* type = header.find("typ");
    const std::string* text = type != nullptr ? type->text() : nullptr;
    const bool known = text != nullptr && std::ranges::any_of(token_types, [&](auto name) {
                           return wire::equal_ignoring_case(*text, name);
                       });
    if (known) return std::nullopt;
    return problem(
        AuthReason::token_type,
        {.field = "Authorization typ",
         .expected = "JWT or at+jwt",
         .came = text != nullptr ? shown(*text) : "no text"}
    );
}

std::optional<AuthProblem> judge_issuer(const TrustedIssuer& issuer, const JsonValue& claims) {
    const auto iss = text_member(claims, "iss");
    if (!iss) return problem(AuthReason::token_jose, iss.error());
    if (*iss == issuer.name) return std::nullopt;
    return claim_problem(AuthReason::issuer, "iss", issuer.name, shown(*iss));
}

std::optional<AuthProblem> judge_audience(const std::string& wanted, const JsonValue& claims) {
    const JsonValue* audience = claims.find("aud");
    if (audience == nullptr) {
        return claim_problem(AuthReason::audience, "aud", wanted, "no such claim");
    }
    if (const std::string* text = audience->text()) {
        if (*text == wanted) return std::nullopt;
        return claim_problem(AuthReason::audience, "aud", wanted, shown(*text));
    }
    const JsonValue::Array* array = audience->array();
    const bool among = array != nullptr && std::ranges::any_of(*array, [&](const JsonValue& item) {
                           return item.text() != nullptr && *item.text() == wanted;
                       });
    if (!among) {
        const std::string came = array ? "other audiences" : std::string(audience->type_name());
        return claim_problem(AuthReason::audience, "aud", wanted, came);
    }
    if (array->size() == 1) return std::nullopt;
    const std::string came = std::to_string(array->size()) + " audiences";
    return claim_problem(AuthReason::audience_many, "aud", wanted + " alone", came);
}

/// A time that may be missing; the problem when it is no time.
std::expected<std::optional<sys_seconds>, AuthProblem> read_time(
    const JsonValue& claims, std::string_view name
) {
    const JsonValue* claim = claims.find(name);
    if (claim == nullptr) return std::nullopt;
    if (const auto time = time_of(*claim)) return time;
    return std::unexpected(problem(
        AuthReason::token_jose,
        JoseError{
            .fault = wire::JoseFault::member_type,
            .member = std::string(name),
            .expected = "seconds since 1970 as a number",
            .actual = claim->integer() || claim->real() ? "a number out of range"
                                                        : std::string(claim->type_name())
        }
    ));
}

std::string seconds_told(seconds time) {
    return std::to_string(time.count()) + " s";
}

std::optional<AuthProblem> judge_times(
    const AuthSettings& settings, const JsonValue& claims, sys_seconds now, TokenFacts& facts
) {
    const auto expires = read_time(claims, "exp");
    if (!expires) return expires.error();
    const auto begins = read_time(claims, "nbf");
    if (!begins) return begins.error();
    const auto issued = read_time(claims, "iat");
    if (!issued) return issued.error();
    if (!*expires) {
        return problem(
            AuthReason::token_jose,
            JoseError{.fault = wire::JoseFault::member_missing, .member = "exp"}
        );
    }
    const auto judge_begin = [&](AuthReason reason, std::string_view name, sys_seconds time
                             ) -> std::optional<AuthProblem> {
        if (time <= now + settings.leeway) return std::nullopt;
        return claim_problem(
            reason, name, "a time that has come", seconds_told(time - now) + " from now"
        );
    };
    if (*begins) {
        if (auto found = judge_begin(AuthReason::not_yet_valid, "nbf", **begins)) return found;
    }
    if (*issued) {
        if (auto found = judge_begin(AuthReason::issued_in_future, "iat", **issued)) return found;
    }
    if (now >= **expires + settings.leeway) facts.expired_for = now - **expires;
    return std::nullopt;
}

std::optional<AuthProblem> judge_binding(
    AuthRoute route, const JsonValue& claims, TokenFacts& facts
) {
    const JsonValue* confirmation = claims.find("cnf");
    const JsonValue* jkt = confirmation != nullptr ? confirmation->find("jkt") : nullptr;
    if (jkt != nullptr && jkt->text() != nullptr) facts.jkt = *jkt->text();
    if (route == AuthRoute::bearer && confirmation != nullptr) {
        return claim_problem(
            AuthReason::bound_token_as_bearer, "cnf", "no such claim with Bearer", "a bound token"
        );
    }
    if (route == AuthRoute::dpop && facts.jkt.empty()) {
        return claim_problem(
            AuthReason::token_not_bound,
            "cnf",
            "jkt with the thumbprint of the proof's key",
            confirmation == nullptr ? "no such claim" : "no text in jkt"
        );
    }
    return std::nullopt;
}

}  // namespace

std::string_view scope_of(AuthRoute route) noexcept {
    return route == AuthRoute::dpop ? "e-helse:sfm.api/sfm-migrering.api2"
                                    : "e-helse:sfm.api/sfm-migrering.api";
}

std::optional<sys_seconds> time_of(const JsonValue& value) {
    // Room for milliseconds, so that they can be told from what is no time at all.
    constexpr std::int64_t end = 10'000'000'000'000;
    if (const std::int64_t* integer = value.integer()) {
        if (*integer < 0 || *integer >= end) return std::nullopt;
        return sys_seconds(seconds(*integer));
    }
    const double* real = value.real();
    if (real == nullptr || !(*real >= 0) || *real >= static_cast<double>(end)) return std::nullopt;
    return sys_seconds(seconds(static_cast<std::int64_t>(std::floor(*real))));
}

std::optional<AuthProblem> judge_token(
    const AuthSettings& settings,
    AuthRoute route,
    std::string_view token,
    sys_seconds now,
    TokenFacts& facts
) {
    const auto jws = wire::parse_jws(token);
    if (!jws) return problem(AuthReason::token_jose, jws.error());
    auto claims = claims_of(*jws);
    if (claims) facts.claims = *claims;
    const auto issuer = verify_with_issuer(settings, *jws);
    if (!issuer) return issuer.error();
    if (!claims) return problem(AuthReason::token_jose, claims.error());
    if (auto found = judge_type(jws->header)) return found;
    if (auto found = judge_issuer(**issuer, *claims)) return found;
    if (auto found = judge_audience(settings.audience, *claims)) return found;
    if (auto found = judge_times(settings, *claims, now, facts)) return found;
    return judge_binding(route, *claims, facts);
}

std::optional<AuthProblem> judge_scope(AuthRoute route, const JsonValue& claims) {
    const std::string wanted(scope_of(route));
    const JsonValue* scope = claims.find("scope");
    if (scope == nullptr) {
        return claim_problem(AuthReason::scope_missing, "scope", wanted, "no such claim");
    }
    std::vector<std::string_view> scopes;
    if (const std::string* text = scope->text()) {
        std::string_view rest = *text;
        while (!rest.empty()) {
            const std::size_t blank = std::min(rest.find(' '), rest.size());
            scopes.push_back(rest.substr(0, blank));
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
    } else if (const JsonValue::Array* array = scope->array()) {
        for (const JsonValue& item : *array) {
            if (item.text() != nullptr) scopes.emplace_back(*item.text());
        }
    }
    if (std::ranges::find(scopes, wanted) != scopes.end()) return std::nullopt;
    std::string came;
    for (const std::string_view name : scopes) {
        if (name.find("sfm.api") == std::string_view::npos) continue;
        came += (came.empty() ? "" : " ") + shown(name);
    }
    if (came.empty()) came = "no scope of SFM among " + std::to_string(scopes.size());
    return claim_problem(AuthReason::scope_wrong, "scope", wanted, came);
}

}  // namespace sfmkit::mockserver
