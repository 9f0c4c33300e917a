#pragma once

#include "mockserver/auth/challenge.hpp"
#include "mockserver/auth/guard.hpp"
#include "mockserver/issuer/test_issuer.hpp"

#include <functional>
#include <memory>
#include <string>

namespace sfmkit::mockserver {

/// A request to be made: good as it stands, and what a case changes.
struct Order {
    AuthRoute route = AuthRoute::dpop;
    std::string method = "POST";
    std::string path{};  ///< empty: the creation URL of the route
    TokenOrder token{};
    std::string token_variant{};
    std::string proof_variant{};
    std::function<void(TokenParts&)> token_change{};
    std::function<void(TokenParts&)> proof_change{};
    EVP_PKEY* proof_key = nullptr;  ///< instead of the client's
    wire::SignatureAlgorithm proof_algorithm = wire::SignatureAlgorithm::ps256;
    std::string nonce{};
    std::function<void(wire::RequestHead&)> head_change{};
    std::string session_id{};
    std::string upload_id{};
    bool tls = false;
};

/// The value of a header is replaced, or taken away when there is none.
void set_field(wire::RequestHead& head, std::string_view name, std::optional<std::string> value);

/// An issuer, a client, and a guard that trusts the issuer; time stands until it is moved.
class AuthBench {
  public:
    AuthBench();

    AuthSettings settings() const;
    /// A new guard that remembers nothing.
    void restart(AuthSettings settings);
    wire::RequestHead head_of(const Order& order);
    AuthVerdict judge(const Order& order);
    AuthVerdict judge(const Order& order, const wire::RequestHead& head);
    Guard& guard() { return *guard_; }
    void pass(std::chrono::seconds time);

    std::string token_of(const Order& order);
    std::string proof_of(const Order& order, const std::string& token);
    EVP_PKEY& issuer_key() { return *issuer_key_; }
    EVP_PKEY& client_key() { return *client_key_; }
    std::string jkt_of(const EVP_PKEY& key) const;
    std::chrono::sys_seconds now() const { return now_; }

  private:
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
    platform::SeededRandom random_{9};
    std::shared_ptr<EVP_PKEY> issuer_key_;
    std::shared_ptr<EVP_PKEY> client_key_;
    std::string kid_;
    std::string jkt_;
    std::chrono::sys_seconds now_{std::chrono::seconds(1795360857)};
    platform::SteadyTime steady_{};
    std::unique_ptr<Guard> guard_;
};

/// Made once for a test program: RSA keys take a while.
std::shared_ptr<EVP_PKEY> shared_rsa_key(int number, std::size_t bits = 2048);

}  // namespace sfmkit::mockserver
