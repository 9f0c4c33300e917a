#include "mockserver/auth/verdict.hpp"

#include "platform/printable.hpp"

#include <algorithm>

namespace sfmkit::mockserver {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

constexpr std::size_t identity_number_digits = 11;

}  // namespace

AuthProblem problem(AuthReason reason, AuthDetails details) {
    const AuthReasonRow& row = row_of(reason);
    return {
        .reason = reason,
        .name = std::string(row.name),
        .field = std::move(details.field),
        .expected = std::move(details.expected),
        .came = std::move(details.came),
        .next = std::string(row.next)
    };
}

AuthProblem problem(AuthReason reason, const wire::JoseError& error) {
    const bool in_proof = reason == AuthReason::proof_jose;
    const std::string place = in_proof ? "DPoP" : "Authorization";
    AuthProblem made = problem(
        reason,
        {.field = error.member.empty() ? place : place + " " + error.member,
         .expected = error.expected,
         .came = error.actual}
    );
    made.name += '.';
    made.name += name_of(error.fault);
    if (made.came.empty()) made.came = wire::describe({.fault = error.fault});
    return made;
}

std::string shown(std::string_view text) {
    constexpr std::size_t most = 200;
    std::string masked(text.substr(0, text.find_first_of("?#")));
    if (masked.size() != text.size()) masked += "?...";
    for (std::size_t at = 0; at < masked.size(); ++at) {
        std::size_t end = at;
        while (end < masked.size() && is_digit(masked[end])) ++end;
        const bool may_be_one = end - at == identity_number_digits;
        if (may_be_one)
            std::fill(
                masked.begin() + static_cast<std::ptrdiff_t>(at),
                masked.begin() + static_cast<std::ptrdiff_t>(end),
                '*'
            );
        at = end;
    }
    return platform::printable(masked, most);
}

}  // namespace sfmkit::mockserver
