#pragma once

#include "mockserver/auth/settings.hpp"
#include "mockserver/auth/verdict.hpp"
#include "platform/openssl.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace sfmkit::mockserver {

/// What a proof has to fit.
struct ProofContext {
    std::string_view method;  ///< as on the wire
    std::string url;          ///< of the request, without query
    std::string_view token;
    std::string_view jkt;  ///< of the token; empty: not compared
    std::chrono::sys_seconds now;
};

struct ProofFacts {
    std::string jkt{};
    std::string jti{};
    std::optional<std::string> nonce{};
    bool url_normalised = false;  ///< `htu` is equal only after normalisation
    std::string htu{};            ///< as messages may show it
};

/// RFC 9449 section 4.3, but for nonce and replay, which need memory.
std::optional<AuthProblem> judge_proof(
    const AuthSettings& settings,
    std::string_view proof,
    const ProofContext& context,
    const EVP_MD& sha256,
    ProofFacts& facts
);

}  // namespace sfmkit::mockserver
