#pragma once

#include "mockserver/auth/reason.hpp"
#include "wire/jose/fault.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// One thing that is wrong with a request's credentials, or worth a word. Never holds token, proof,
/// signature or identity number.
struct AuthProblem {
    AuthReason reason = AuthReason::accepted;
    std::string name{};   ///< stable: that of the row, with the wire::JoseFault where one is it
    std::string field{};  ///< header or member, e.g. `Authorization`, `DPoP htu`
    std::string expected{};
    std::string came{};
    std::string next{};
};

/// Parts of a problem, completed from the row of its reason.
struct AuthDetails {
    std::string field{};
    std::string expected{};
    std::string came{};
};
AuthProblem problem(AuthReason reason, AuthDetails details = {});
/// token_jose or proof_jose, named after the fault.
AuthProblem problem(AuthReason reason, const wire::JoseError& error);

/// Whose an upload is: later requests have to be of the same.
struct TokenOwner {
    std::string client{};
    std::string journal{};
    std::string organisation{};

    bool operator==(const TokenOwner&) const = default;
};

struct AuthVerdict {
    /// Reason accepted or not_needed, or why not.
    AuthProblem outcome{};
    /// What is told although the request is accepted.
    std::vector<AuthProblem> remarks{};
    /// What evidence may keep. Claims are JSON without the signature, identity numbers masked.
    std::string claims{};
    std::string token_sha256{};  ///< lower-case hex; empty without a token
    std::optional<TokenOwner> owner{};
    std::string nonce{};  ///< for the DPoP-Nonce header; empty: none

    bool accepted() const noexcept { return row_of(outcome.reason).error == AuthError::none; }
};

/// A text that came from a client as messages may show it: short, printable, without queries of
/// URLs and without runs of 11 digits, which may be identity numbers.
std::string shown(std::string_view text);

}  // namespace sfmkit::mockserver
