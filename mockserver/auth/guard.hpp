#pragma once

#include "mockserver/auth/access_token.hpp"
#include "mockserver/auth/nonces.hpp"
#include "mockserver/auth/proof.hpp"
#include "mockserver/auth/replay_cache.hpp"
#include "mockserver/auth/upload_owners.hpp"

#include <string>

namespace sfmkit::mockserver {

struct AuthRequest {
    const wire::RequestHead& head;
    AuthRoute route = AuthRoute::bearer;
    std::string session_id{};  ///< of the metadata, or of the upload; empty: not known
    std::string upload_id{};   ///< of the URL; empty: none
    bool tls = false;
};

/// Judges the credentials of requests, and remembers what that needs: proofs that were used,
/// sessions that began with a good token, and who created which upload. Reads no clock.
class Guard {
  public:
    Guard(
        AuthSettings settings,
        const platform::CryptoAlgorithms& algorithms,
        platform::Random& random
    );

    AuthVerdict judge(
        const AuthRequest& request, platform::WallTime wall, platform::SteadyTime steady
    );

    /// An upload was created with these credentials; requests of others are refused from now on.
    void upload_created(const std::string& upload_id, const AuthVerdict& verdict);
    void upload_ended(const std::string& upload_id);

    const AuthSettings& settings() const noexcept { return settings_; }
    std::size_t remembered_proofs() const noexcept { return used_.size(); }

  private:
    struct Moment {
        std::chrono::sys_seconds wall;
        platform::SteadyTime steady;
    };

    bool needs_credential(const AuthRequest& request) const;
    std::string url_of(const AuthRequest& request) const;
    std::optional<AuthProblem> judge_content(
        const AuthRequest& request, std::string_view token, Moment now, AuthVerdict& verdict
    );
    std::optional<AuthProblem> judge_expiry(
        const AuthRequest& request, const TokenFacts& facts, AuthVerdict& verdict
    ) const;
    std::optional<AuthProblem> judge_proof_of(
        const AuthRequest& request,
        std::string_view token,
        const TokenFacts& facts,
        Moment now,
        AuthVerdict& verdict
    );
    std::optional<AuthProblem> judge_nonce(const ProofFacts& proof, Moment now);
    std::optional<AuthProblem> judge_owner(const AuthRequest& request, const AuthVerdict& verdict)
        const;

    AuthSettings settings_;
    const EVP_MD& sha256_;
    ReplayCache used_;
    Nonces nonces_;
    UploadOwners uploads_;
    UploadOwners sessions_;
};

}  // namespace sfmkit::mockserver
