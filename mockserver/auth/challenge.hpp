#pragma once

#include "mockserver/auth/credentials.hpp"
#include "mockserver/auth/settings.hpp"
#include "mockserver/tus/answer.hpp"

namespace sfmkit::mockserver {

/// The answer to a request whose credentials were refused. Its texts are fixed: nothing that came
/// from the client is in them.
Answer challenge(const AuthVerdict& verdict, AuthRoute route, ChallengeStyle style);

}  // namespace sfmkit::mockserver
