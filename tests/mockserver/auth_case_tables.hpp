#pragma once

#include "tests/mockserver/auth_bench.hpp"

#include <functional>
#include <string>
#include <vector>

// Requests whose credentials must be refused, in groups. Names of broken tokens and proofs are
// those of `sfmkit token mint` and `sfmkit token proof`.

namespace sfmkit::mockserver {

/// What has to come of a case, in the words of RFC 6750 and RFC 9449.
enum class Outcome {
    challenge,  ///< 401 without error
    both,       ///< 400 with both schemes
    request,    ///< 400 invalid_request
    token,      ///< 401 invalid_token
    proof,      ///< 401 invalid_dpop_proof
    scope,      ///< 403 insufficient_scope
    forbidden   ///< 403 without challenge
};

/// A request that must be refused. Without its change it must pass.
struct Case {
    std::string id;
    std::string routes;  ///< `1`: /files, `2`: /v2/files, `*`: both
    Outcome outcome;
    std::string reason;  ///< the name in the verdict
    std::function<void(Order&)> change{};
};

std::vector<Case> credential_cases();
std::vector<Case> token_cases();
std::vector<Case> proof_cases();

}  // namespace sfmkit::mockserver
