#include "verifier/rules/idn_checks.hpp"

#include "verifier/code_lists.hpp"
#include "verifier/guid_form.hpp"
#include "verifier/identity_number.hpp"
#include "verifier/sfm_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier::idn {
namespace {

constexpr std::array<std::string_view, 4> national_kinds = {"FNR", "DNR", "HNR", "FHN"};

/// Code list 8116, and those of 9051 that are known to be in use.
constexpr std::array<std::string_view, 13> kinds_of_persons = {
    "FNR", "DNR", "HNR", "FHN", "HPR", "HER", "PNR", "SEF", "DKF", "SSN", "FPN", "UID", "XXX"
};
constexpr std::array<std::string_view, 10> kinds_of_institutions = {
    "HER", "ENH", "RSH", "AKO", "APO", "AVD", "LAV", "LIN", "LOK", "UKD"
};

template <std::size_t size>
bool is_among(std::string_view text, const std::array<std::string_view, size>& list) {
    return std::ranges::find(list, text) != list.end();
}

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// One Ident, or what else has an Id and a TypeId.
struct Identity {
    Element type;
    Element id;

    std::string_view kind() const noexcept { return type.attribute("V"); }
    bool is_national() const noexcept { return is_among(kind(), national_kinds); }
    /// Of an institution of the organisation file, or an organisation in a prescription.
    bool is_of_institution() const noexcept {
        const std::string_view owner = id.parent().parent().name();
        return owner == "Institusjon" || owner == "Organisasjon";
    }
};

/// Those with an Id and a kind: what is missing is told by the schema, what is empty by XML-05.
template <class Visitor>
void visit_identities(const ContentFacts& facts, const Visitor& visit) {
    for (const Element& type : facts.all("TypeId")) {
        const Identity identity{.type = type, .id = type.parent().child("Id")};
        if (identity.id.text().empty() || identity.kind().empty()) continue;
        visit(identity);
    }
}

/// National numbers whose check digits are right, by today's rule or that of 2032.
template <class Visitor>
void visit_numbers(const ContentFacts& facts, const Visitor& visit) {
    visit_identities(facts, [&](const Identity& identity) {
        if (!identity.is_national()) return;
        const auto number = identity_number_in(identity.id.text());
        if (number && number->check_digits != CheckDigits::wrong) visit(identity, *number);
    });
}

/// The Id must pass; says what was expected and what it looks like.
template <class Passes>
void tell_unless(
    const ContentFacts& facts,
    const RuleReporter& broken,
    std::string_view kind,
    const char* expected,
    const Passes& passes
) {
    visit_identities(facts, [&](const Identity& identity) {
        const std::string_view text = identity.id.text();
        if (identity.kind() != kind || passes(text)) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = expected,
             .actual =
                 fmt::format("{} characters{}", text.size(), is_digits(text) ? ", all digits" : ""),
             .message = fmt::format("the Id is no {}", kind)}
        );
    });
}

/// What a number is declared as, and what it is; empty when they agree.
std::string_view real_kind(const Identity& identity, const IdentityNumber& number) {
    const std::string_view kind = identity.kind();
    if (number.is_help_number) return kind == "FHN" ? "" : "FHN: it begins with 8 or 9";
    if (kind == "FHN") return "no help number: those begin with 8 or 9";
    if (number.is_d_number) return kind == "DNR" ? "" : "DNR: 40 is added to the day";
    if (kind == "DNR") return "no D-number: nothing is added to the day";
    constexpr unsigned h_offset = 40;
    if (kind == "HNR" && number.month_offset != h_offset) {
        return "no H-number: 40 is not added to the month";
    }
    return "";
}

/// The year of birth that stands beside the identities of a person.
std::optional<std::chrono::year> declared_birth_year(
    const ContentFacts& facts, const Identity& identity, const IdentityNumber& number
) {
    const Element person = identity.id.parent().parent();
    const auto day = local_day_in(person.child("DateOfBirth").text());
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date(*day);
    constexpr int century = 100;
    const bool same_day =
        unsigned{date.day()} == number.day && unsigned{date.month()} == number.month &&
        static_cast<unsigned>(static_cast<int>(date.year()) % century) == number.year_in_century;
    const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(facts.now));
    // Another birthday is told by PAT-08, one to come by DAT-02.
    if (!same_day || date.year() > today.year()) return std::nullopt;
    return date.year();
}

}  // namespace

void other_length(const ContentFacts& facts, const RuleReporter& broken) {
    visit_identities(facts, [&](const Identity& identity) {
        const std::string_view text = identity.id.text();
        const auto length = static_cast<std::int64_t>(text.size());
        if (!identity.is_national() || (length == broken.bound() && is_digits(text))) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = fmt::format("{} digits", broken.bound()),
             .actual =
                 fmt::format("{} characters{}", length, is_digits(text) ? ", all digits" : ""),
             .message = fmt::format("the {} has another form", identity.kind()),
             .likely_cause = length == broken.bound() - 1 && is_digits(text)
                                 ? "kept as a number, so that its leading zero is lost"
                                 : ""}
        );
    });
}

void wrong_check_digits(const ContentFacts& facts, const RuleReporter& broken) {
    visit_identities(facts, [&](const Identity& identity) {
        const auto number = identity_number_in(identity.id.text());
        const bool wrong = number && number->check_digits == CheckDigits::wrong;
        if (!identity.is_national() || !wrong) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = "two last digits that check the nine before them (modulus 11)",
             .actual = "other digits",
             .message = fmt::format("the check digits of the {} are wrong", identity.kind())}
        );
    });
}

void check_digits_of_2032(const ContentFacts& facts, const RuleReporter& broken) {
    visit_numbers(facts, [&](const Identity& identity, const IdentityNumber& number) {
        if (number.check_digits != CheckDigits::right_from_2032) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = "check digits by the rule of today",
             .actual = "digits that are right only by the rule of 2032",
             .message = fmt::format("the {} is one that is not issued yet", identity.kind())}
        );
    });
}

void impossible_date(const ContentFacts& facts, const RuleReporter& broken) {
    visit_numbers(facts, [&](const Identity& identity, const IdentityNumber& number) {
        if (!number.has_date() || number.is_real_date()) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = "a date in the first six digits, once 40, 65 or 80 are taken away",
             .actual = "no date",
             .message = fmt::format("the {} begins with no real date", identity.kind())}
        );
    });
}

void individual_digits_of_other_years(const ContentFacts& facts, const RuleReporter& broken) {
    visit_numbers(facts, [&](const Identity& identity, const IdentityNumber& number) {
        const bool of_today = number.check_digits == CheckDigits::right;
        if (!of_today || !number.has_date() || !number.is_real_date()) return;
        const auto declared = declared_birth_year(facts, identity, number);
        const bool fits =
            declared ? number.may_be_born_in(*declared) : number.birth_years().front().has_value();
        if (fits) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = "digits 7 to 9 of a series that was given out in the year of birth",
             .actual = declared ? "a series of another century than DateOfBirth"
                                : "a series that no year with these two digits has",
             .message = fmt::format("the {} does not fit the year of birth", identity.kind())}
        );
    });
}

void other_kind_of_number(const ContentFacts& facts, const RuleReporter& broken) {
    visit_numbers(facts, [&](const Identity& identity, const IdentityNumber& number) {
        const std::string_view real = real_kind(identity, number);
        if (real.empty()) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = fmt::format("a number of the kind {}", identity.kind()),
             .actual = std::string(real),
             .message = fmt::format("the number is declared as {}", identity.kind())}
        );
    });
}

void number_of_a_real_person(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.production) return;
    visit_numbers(facts, [&](const Identity& identity, const IdentityNumber& number) {
        if (!number.has_date() || number.is_synthetic()) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = "a number of a synthetic person: 80, 65 or 40 added to the month",
             .actual = "a number as real persons have it",
             .message = fmt::format("the {} may be that of a real person", identity.kind()),
             .likely_cause = "a copy of production data; for production say --production"}
        );
    });
}

void number_of_a_synthetic_person(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.production) return;
    visit_numbers(facts, [&](const Identity& identity, const IdentityNumber& number) {
        // 40 added to the month is how H-numbers are made, too.
        const bool h_number = identity.kind() == "HNR";
        if (!number.has_date() || !number.is_synthetic() || h_number) return;
        tell(
            facts,
            broken,
            identity.id,
            {.expected = "a number without 40, 65 or 80 added to the month",
             .actual = fmt::format("{} added to the month", number.month_offset),
             .message = fmt::format("the {} is that of a synthetic person", identity.kind())}
        );
    });
}

void wrong_health_personnel_number(const ContentFacts& facts, const RuleReporter& broken) {
    tell_unless(facts, broken, "HPR", "at most nine digits", [&](std::string_view text) {
        return is_digits(text) && static_cast<std::int64_t>(text.size()) <= broken.bound();
    });
}

void wrong_organisation_number(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr auto expected = "nine digits, the last of which checks the others (modulus 11)";
    tell_unless(facts, broken, "ENH", expected, is_organisation_number);
}

void wrong_her_id(const ContentFacts& facts, const RuleReporter& broken) {
    tell_unless(facts, broken, "HER", "digits without leading zero", [](std::string_view text) {
        return is_digits(text) && text.front() != '0';
    });
}

void foreign_id_without_guid(const ContentFacts& facts, const RuleReporter& broken) {
    tell_unless(facts, broken, "XXX", "a GUID of your own system", [](std::string_view text) {
        return guid_form(text) != GuidForm::none;
    });
}

void other_code_list(const ContentFacts& facts, const RuleReporter& broken) {
    visit_identities(facts, [&](const Identity& identity) {
        const auto list = code_list_in(identity.type.attribute("S"));
        const std::string_view expected = identity.is_of_institution() ? "9051" : "8116";
        // What is no code list at all is told by COD-01.
        if (!list || *list == expected) return;
        tell(
            facts,
            broken,
            identity.type,
            {.expected = fmt::format("S {}{}", code_lists_root, expected),
             .actual = fmt::format("S {}{}", code_lists_root, *list),
             .message = identity.is_of_institution()
                            ? "the kind of an institution's identity is from another code list"
                            : "the kind of a person's identity is from another code list"}
        );
    });
}

void unknown_kind(const ContentFacts& facts, const RuleReporter& broken) {
    visit_identities(facts, [&](const Identity& identity) {
        const bool known = identity.is_of_institution()
                               ? is_among(identity.kind(), kinds_of_institutions)
                               : is_among(identity.kind(), kinds_of_persons);
        if (known) return;
        tell(
            facts,
            broken,
            identity.type,
            {.expected = identity.is_of_institution() ? "a code of list 9051, e.g. HER or ENH"
                                                      : "a code of list 8116, e.g. FNR or HPR",
             .actual = shown_attribute(identity.type, "V"),
             .message = "the kind of the identity is none of its code list"}
        );
    });
}

void other_name_of_kind(const ContentFacts& facts, const RuleReporter& broken) {
    struct Name {
        std::string_view kind;
        std::string_view part;  ///< that the text of the list has, in small letters
    };
    constexpr std::array<Name, 6> names = {{
        {"FNR", "dselsnummer"},
        {"DNR", "d-nummer"},
        {"HPR", "hpr"},
        {"HER", "her"},
        {"ENH", "organisasjonsnummer"},
        {"XXX", "anne"},
    }};
    visit_identities(facts, [&](const Identity& identity) {
        const auto name = std::ranges::find(names, identity.kind(), &Name::kind);
        const std::string text = lower_case(identity.type.attribute("DN"));
        if (name == names.end() || text.empty() || text.contains(name->part)) return;
        tell(
            facts,
            broken,
            identity.type,
            {.expected = fmt::format("the text of the code list for {}", identity.kind()),
             .actual = "another text",
             .message = fmt::format("DN does not agree with V {}", identity.kind())}
        );
    });
}

}  // namespace sfmkit::verifier::idn
