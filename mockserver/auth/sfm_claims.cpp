#include "mockserver/auth/sfm_claims.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {
namespace {

using wire::JsonValue;

constexpr std::string_view journal_id = "nhn:sfm:journal-id";
constexpr std::string_view sfm_id = "e-helse:sfm.api/client/claims/sfm-id";
constexpr std::string_view parent = "helseid://claims/client/claims/orgnr_parent";

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool is_pid(std::string_view text) {
    return text.size() == 11 && all_digits(text);
}

/// Brønnøysundregistrene: nine digits, weights 3 2 7 6 5 4 3 2, modulo 11.
bool is_organisation(std::string_view text) {
    constexpr std::array weights = {3, 2, 7, 6, 5, 4, 3, 2};
    if (text.size() != 9 || !all_digits(text)) return false;
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (text[i] - '0');
    const int check = (11 - sum % 11) % 11;
    return check != 10 && check == text[8] - '0';
}

bool is_level_4(std::string_view text) {
    return text == "4";
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const char letter = text[i];
        const bool hex = is_digit(letter) || (letter >= 'a' && letter <= 'f') ||
                         (letter >= 'A' && letter <= 'F');
        if (hyphen ? letter != '-' : !hex) return false;
    }
    return true;
}

struct ClaimRow {
    std::string_view name;
    bool (*is_good)(std::string_view);
    std::string_view expected;
    bool may_be_shown;
};

constexpr std::array needed = {
    ClaimRow{"helseid://claims/identity/pid", is_pid, "11 digits as text", false},
    ClaimRow{"helseid://claims/identity/security_level", is_level_4, "4 as text", true},
    ClaimRow{"helseid://claims/hpr/hpr_number", all_digits, "digits as text", false},
    ClaimRow{parent, is_organisation, "9 digits with the right check digit", true},
    ClaimRow{
        "helseid://claims/client/claims/orgnr_supplier",
        is_organisation,
        "9 digits with the right check digit",
        true
    },
};

std::optional<AuthProblem> judge(const JsonValue& claims, const ClaimRow& row) {
    const JsonValue* claim = claims.find(row.name);
    AuthDetails details = {
        .field = "claim " + std::string(row.name), .expected = std::string(row.expected)
    };
    if (claim == nullptr) {
        details.came = "no such claim";
        return problem(AuthReason::claim_missing, std::move(details));
    }
    const std::string* text = claim->text();
    if (text != nullptr && row.is_good(*text)) return std::nullopt;
    details.came = text == nullptr    ? std::string(claim->type_name())
                   : row.may_be_shown ? shown(*text)
                                      : "a text of " + std::to_string(text->size()) + " bytes";
    return problem(AuthReason::claim_wrong, std::move(details));
}

std::string text_of(const JsonValue& claims, std::string_view name) {
    const JsonValue* claim = claims.find(name);
    return claim != nullptr && claim->text() != nullptr ? *claim->text() : std::string();
}

JsonValue masked(const JsonValue& value) {
    if (const std::string* text = value.text()) {
        std::size_t digits = 0;
        bool found = false;
        for (const char letter : *text + ' ') {
            digits = is_digit(letter) ? digits + 1 : 0;
            found = found || digits >= 11;
        }
        return found ? JsonValue("(masked)") : value;
    }
    if (const std::int64_t* number = value.integer()) {
        constexpr std::int64_t least = 1'000'000'000;  // leading zeros are lost in a number
        constexpr std::int64_t above = 100'000'000'000;
        // Times of this century have ten digits; identity numbers written as numbers ten or eleven.
        const bool is_time = *number < 4'102'444'800;
        const bool found = *number >= least && *number < above && !is_time;
        return found ? JsonValue("(masked)") : value;
    }
    if (const JsonValue::Array* array = value.array()) {
        JsonValue::Array items;
        for (const JsonValue& item : *array) items.push_back(masked(item));
        return items;
    }
    if (const JsonValue::Object* object = value.object()) {
        JsonValue::Object members;
        for (const auto& [name, member] : *object) {
            const bool is_pid = name.find("/pid") != std::string::npos;
            members.emplace_back(shown(name), is_pid ? JsonValue("(masked)") : masked(member));
        }
        return members;
    }
    return value;
}

}  // namespace

std::optional<AuthProblem> judge_sfm_claims(const JsonValue& claims) {
    for (const ClaimRow& row : needed) {
        if (auto found = judge(claims, row)) return found;
    }
    // One is for clients of many journals, the other for those of one.
    const bool has_sfm_id = claims.find(sfm_id) != nullptr;
    const bool many = claims.find(journal_id) != nullptr || !has_sfm_id;
    const ClaimRow row = {many ? journal_id : sfm_id, is_uuid, "a UUID", true};
    auto found = judge(claims, row);
    if (found && found->reason == AuthReason::claim_missing) {
        found->came = "neither " + std::string(journal_id) + " nor " + std::string(sfm_id);
    }
    return found;
}

TokenOwner owner_of(const JsonValue& claims) {
    const std::string journal = text_of(claims, journal_id);
    return {
        .client = text_of(claims, "client_id"),
        .journal = journal.empty() ? text_of(claims, sfm_id) : journal,
        .organisation = text_of(claims, parent)
    };
}

std::string masked_claims(const JsonValue& claims) {
    return print_json(masked(claims));
}

}  // namespace sfmkit::mockserver
