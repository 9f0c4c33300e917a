#pragma once

#include "wire/jose/jwk_set.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// How much of a request's credentials is judged. `none` and `any` look at no content and need no
/// guard.
enum class AuthMode {
    presence,  ///< well-formed credentials of the route's scheme
    validate,  ///< the token in full; what is wrong with a proof is only told
    dpop       ///< token and proof in full
};

/// How refusals are worded.
enum class ChallengeStyle {
    rfc,    ///< RFC 6750 section 3 and RFC 9449 section 7.1
    aspnet  ///< the untouched JwtBearer handler of ASP.NET Core, which says Bearer whatever came
};

/// How long after its `exp` a token is good for a migration that began before.
enum class ExpiryPolicy {
    session_grace,  ///< every request of a session whose first POST had a good token
    create_grace,   ///< everything but POST
    skew,           ///< every request
    strict          ///< none
};

struct TrustedIssuer {
    std::string name;  ///< `iss`, compared exactly
    wire::JwkSet keys;
};

struct AuthSettings {
    AuthMode mode = AuthMode::dpop;
    ChallengeStyle style = ChallengeStyle::rfc;
    std::vector<TrustedIssuer> issuers = {};
    std::string audience = "e-helse:sfm.api";
    /// HelseID signs its tokens with this one only.
    std::vector<wire::SignatureAlgorithm> token_algorithms = {wire::SignatureAlgorithm::rs256};
    std::chrono::seconds leeway{5};
    ExpiryPolicy expiry = ExpiryPolicy::session_grace;
    std::chrono::seconds grace = std::chrono::hours(5);
    /// pid, HPR number, security level, organisations, journal.
    bool wants_sfm_claims = true;
    std::chrono::seconds proof_past{10};
    std::chrono::seconds proof_future{5};
    bool exact_htu = false;  ///< compare `htu` byte for byte, as NHN's sample code does
    bool wants_nonce = false;
    /// Methods that need a credential; on the others one that comes has to be good. OPTIONS and
    /// the question for the version never need one.
    std::vector<std::string> v1_methods = {"POST"};
    std::vector<std::string> v2_methods = {"POST", "HEAD", "PATCH", "DELETE", "GET"};
    /// Names and addresses of this server without ports; a `Host` of another name is never taken
    /// for the URL that a proof has to name.
    std::vector<std::string> hosts = {"localhost", "127.0.0.1", "[::1]"};
    /// What clients call this server, e.g. `https://sfm.test`; empty: the `Host` of the request.
    std::string public_url = {};
    std::size_t most_proofs = 20'000;  ///< that the replay cache remembers
};

}  // namespace sfmkit::mockserver
