#include "mockserver/auth/credentials.hpp"

#include <algorithm>

namespace sfmkit::mockserver {
namespace {

constexpr std::string_view authorization = "Authorization";
constexpr std::string_view dpop = "DPoP";

/// RFC 9110 section 11.2.
bool is_token68(std::string_view text) {
    const std::size_t padding = text.find('=');
    const std::string_view letters = text.substr(0, padding);
    const auto is_letter = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') ||
               std::string_view("-._~+/").find(letter) != std::string_view::npos;
    };
    const bool ends_in_padding = padding == std::string_view::npos ||
                                 text.find_first_not_of('=', padding) == std::string_view::npos;
    return !letters.empty() && std::ranges::all_of(letters, is_letter) && ends_in_padding;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool has_token_in_query(std::string_view target) {
    const std::size_t query = target.find('?');
    if (query == std::string_view::npos) return false;
    const std::string_view rest = target.substr(query);
    constexpr std::string_view name = "access_token=";
    const std::size_t at = rest.find(name);
    return at != std::string_view::npos && (rest[at - 1] == '?' || rest[at - 1] == '&');
}

AuthProblem wrong(AuthReason reason, std::string expected, std::string came) {
    return problem(
        reason,
        {.field = std::string(authorization),
         .expected = std::move(expected),
         .came = std::move(came)}
    );
}

}  // namespace

std::expected<Credential, AuthProblem> read_credential(const wire::RequestHead& head) {
    const std::size_t count = head.fields.count(authorization);
    if (count > 1) {
        const std::string came = std::to_string(count) + " header lines";
        return std::unexpected(wrong(AuthReason::credential_twice, "one header line", came));
    }
    if (count == 0) {
        const bool in_url = has_token_in_query(head.target);
        return std::unexpected(wrong(
            in_url ? AuthReason::token_in_url : AuthReason::credential_missing,
            "Bearer on /files, DPoP on /v2/files, with the token",
            in_url ? "no such header, but access_token in the URL" : "no such header"
        ));
    }
    const std::string_view value = trimmed(*head.fields.first(authorization));
    const std::size_t blank = value.find(' ');
    const std::string_view scheme = value.substr(0, blank);
    const bool is_bearer = wire::equal_ignoring_case(scheme, "Bearer");
    if (!is_bearer && !wire::equal_ignoring_case(scheme, dpop)) {
        return std::unexpected(
            wrong(AuthReason::scheme_unknown, "the scheme Bearer or DPoP", "another scheme")
        );
    }
    const std::string_view token =
        blank == std::string_view::npos ? std::string_view() : trimmed(value.substr(blank));
    if (token.empty()) {
        return std::unexpected(
            wrong(AuthReason::credential_empty, "a token behind the scheme", "the scheme alone")
        );
    }
    if (!is_token68(token)) {
        return std::unexpected(wrong(
            AuthReason::credential_form,
            "letters, digits and -._~+/ only",
            "a token of " + std::to_string(token.size()) + " bytes with other characters"
        ));
    }
    return Credential{.scheme = is_bearer ? AuthRoute::bearer : AuthRoute::dpop, .token = token};
}

std::expected<std::string_view, AuthProblem> read_proof(const wire::RequestHead& head) {
    const std::size_t count = head.fields.count(dpop);
    const auto refused = [](AuthReason reason, std::string came) {
        return std::unexpected(problem(
            reason,
            {.field = "DPoP", .expected = "one header with one proof", .came = std::move(came)}
        ));
    };
    if (count > 1) return refused(AuthReason::proof_twice, std::to_string(count) + " header lines");
    const std::string_view value = trimmed(head.fields.first(dpop).value_or(""));
    if (count == 0) return refused(AuthReason::proof_missing, "no such header");
    if (value.empty()) return refused(AuthReason::proof_missing, "an empty header");
    if (value.find(',') != std::string_view::npos) {
        return refused(AuthReason::proof_list, "values divided by commas");
    }
    return value;
}

}  // namespace sfmkit::mockserver
