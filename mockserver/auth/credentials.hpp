#pragma once

#include "mockserver/auth/verdict.hpp"
#include "wire/http_message.hpp"

#include <string_view>

namespace sfmkit::mockserver {

enum class AuthRoute {
    bearer,  ///< `/files`
    dpop     ///< `/v2/files`
};

/// The credential of a request, taken apart but not judged. Lives as long as the request.
struct Credential {
    AuthRoute scheme = AuthRoute::bearer;
    std::string_view token;
};

/// The value of Authorization, if there is one of Bearer or DPoP with a well-formed token. What is
/// wrong with it otherwise; credential_missing and token_in_url when there is none.
std::expected<Credential, AuthProblem> read_credential(const wire::RequestHead& head);

/// The one value of the DPoP header, unjudged.
std::expected<std::string_view, AuthProblem> read_proof(const wire::RequestHead& head);

}  // namespace sfmkit::mockserver
