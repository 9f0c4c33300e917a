#pragma once

#include "mockserver/auth/verdict.hpp"
#include "wire/jose/json_value.hpp"

#include <optional>
#include <string>

namespace sfmkit::mockserver {

/// The claims that SFM needs beside those of every access token (NHN's table of claims). The first
/// one that is missing or wrong.
std::optional<AuthProblem> judge_sfm_claims(const wire::JsonValue& claims);

/// Client, journal and organisation of a token, as far as it tells them.
TokenOwner owner_of(const wire::JsonValue& claims);

/// The claims as evidence keeps them: JSON, with whatever looks like an identity number masked.
std::string masked_claims(const wire::JsonValue& claims);

}  // namespace sfmkit::mockserver
