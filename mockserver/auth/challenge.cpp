#include "mockserver/auth/challenge.hpp"

#include "mockserver/auth/access_token.hpp"
#include "wire/tus_headers.hpp"

namespace sfmkit::mockserver {
namespace {

int status_of(AuthError error) {
    switch (error) {
        case AuthError::none:
            return 200;
        case AuthError::invalid_request:
            return 400;
        case AuthError::scope:
        case AuthError::forbidden:
            return 403;
        case AuthError::overloaded:
            return 503;
        case AuthError::challenge:
        case AuthError::invalid_token:
        case AuthError::invalid_proof:
        case AuthError::nonce_needed:
            break;
    }
    return 401;
}

std::string_view error_code(AuthError error) {
    switch (error) {
        case AuthError::invalid_request:
            return "invalid_request";
        case AuthError::invalid_token:
            return "invalid_token";
        case AuthError::invalid_proof:
            return "invalid_dpop_proof";
        case AuthError::nonce_needed:
            return "use_dpop_nonce";
        case AuthError::scope:
            return "insufficient_scope";
        case AuthError::none:
        case AuthError::challenge:
        case AuthError::forbidden:
        case AuthError::overloaded:
            break;
    }
    return {};
}

std::string parameter(std::string_view name, std::string_view value) {
    return std::string(name) + "=\"" + std::string(value) + "\"";
}

/// RFC 9449 section 7.1: what proofs may be signed with.
std::string algorithms_parameter() {
    std::string names;
    for (const wire::SignatureAlgorithm algorithm : wire::all_algorithms()) {
        if (!names.empty()) names += ' ';
        names += name_of(algorithm);
    }
    return parameter("algs", names);
}

std::string joined(std::string_view scheme, const std::vector<std::string>& parameters) {
    std::string text(scheme);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        text += i == 0 ? " " : ", ";
        text += parameters[i];
    }
    return text;
}

std::string rfc_challenge(const AuthReasonRow& row, AuthRoute route) {
    std::vector<std::string> parameters;
    const std::string_view code = error_code(row.error);
    if (!code.empty()) parameters.push_back(parameter("error", code));
    if (!code.empty() && !row.description.empty()) {
        parameters.push_back(parameter("error_description", row.description));
    }
    if (row.error == AuthError::scope) parameters.push_back(parameter("scope", scope_of(route)));
    if (row.reason == AuthReason::credential_twice) {
        // RFC 9449 section 7.2: nobody knows which one was meant.
        return joined("Bearer", parameters) + ", " +
               joined("DPoP", {algorithms_parameter(), parameters[0], parameters[1]});
    }
    if (route == AuthRoute::bearer) return joined("Bearer", parameters);
    parameters.push_back(algorithms_parameter());
    return joined("DPoP", parameters);
}

/// The handler knows no DPoP, and tells nothing of credentials that it takes for none.
std::string aspnet_challenge(const AuthReasonRow& row) {
    const bool none_usable =
        row.error == AuthError::challenge || row.error == AuthError::invalid_request;
    return none_usable ? "Bearer" : joined("Bearer", {parameter("error", "invalid_token")});
}

}  // namespace

Answer challenge(const AuthVerdict& verdict, AuthRoute route, ChallengeStyle style) {
    const AuthReasonRow& row = row_of(verdict.outcome.reason);
    const bool aspnet = style == ChallengeStyle::aspnet;
    Answer answer = bare_answer(status_of(row.error));
    if (aspnet && answer.status == 400) answer.status = 401;
    const bool challenged = row.error != AuthError::forbidden &&
                            row.error != AuthError::overloaded &&
                            !(aspnet && row.error == AuthError::scope);
    if (challenged) {
        answer.fields.add(
            "WWW-Authenticate", aspnet ? aspnet_challenge(row) : rfc_challenge(row, route)
        );
    }
    if (!verdict.nonce.empty()) answer.fields.add("DPoP-Nonce", verdict.nonce);
    if (row.error == AuthError::overloaded) answer.fields.add("Retry-After", "5");
    answer.fields.add("Cache-Control", "no-store");
    if (aspnet) return answer;
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    answer.text = verdict.outcome.name;
    answer.text_type = "text/plain";
    return answer;
}

}  // namespace sfmkit::mockserver
