#pragma once

#include "mockserver/auth/credentials.hpp"
#include "mockserver/auth/settings.hpp"
#include "platform/clock.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace sfmkit::mockserver {

/// What a token says, as far as it could be read.
struct TokenFacts {
    std::optional<wire::JsonValue> claims{};
    std::string jkt{};  ///< `cnf.jkt`; empty when there is none
    /// Time since `exp`, when it has passed and nothing else is wrong with the token's times.
    std::optional<std::chrono::seconds> expired_for{};
};

/// Form, signature, type, issuer, audience, times and binding. Whether an expired token is refused
/// is left to the caller. The facts are filled in either way.
std::optional<AuthProblem> judge_token(
    const AuthSettings& settings,
    AuthRoute route,
    std::string_view token,
    std::chrono::sys_seconds now,
    TokenFacts& facts
);

/// The scope of migrations that the route asks for.
std::string_view scope_of(AuthRoute route) noexcept;

/// `scope` as an array, as HelseID writes it, or as RFC 9068 section 2.2.3 does.
std::optional<AuthProblem> judge_scope(AuthRoute route, const wire::JsonValue& claims);

/// A NumericDate (RFC 7519 section 2) of this era; nothing for what is none.
std::optional<std::chrono::sys_seconds> time_of(const wire::JsonValue& value);

}  // namespace sfmkit::mockserver
