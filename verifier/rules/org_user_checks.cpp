#include "verifier/rules/org_checks.hpp"
#include "verifier/rules/org_parts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace sfmkit::verifier::org {
namespace {

constexpr std::string_view kinds_known =
    "Admin, Doctor, Assistant, ReadOnly, Nurse, Dentist, Helsesoster or Midwife";

/// That all users have a text of their own in this child.
void tell_not_own(
    const ContentFacts& facts,
    const RuleReporter& broken,
    std::string_view name,
    std::string_view empty,
    std::string_view repeated
) {
    std::vector<Element> told;
    for (const Element& user : users_of(facts)) {
        const Element value = user.child(name);
        if (!value) continue;
        told.push_back(value);
        if (!value.text().empty()) continue;
        tell(
            facts,
            broken,
            value,
            {.expected = "a value of its own", .actual = "empty", .message = std::string(empty)}
        );
    }
    tell_repeated(facts, broken, told, repeated);
}

/// Active, and somebody who logs in with a name.
bool is_active_person(Element user) {
    return is_active(user) && !is_system_user(user) && !kinds_of(user).only_administrates();
}

/// Code list 9060 as far as it is known.
constexpr std::array<std::string_view, 36> professions = {
    "AA", "AT", "AU", "BI", "ET", "FA1", "FA2", "FB", "FO", "FT", "HE", "HF",
    "HP", "JO", "KE", "KI", "LE", "MT",  "NP",  "OA", "OI", "OP", "OR", "OS",
    "PE", "PM", "PS", "RA", "SP", "TH",  "TL",  "TP", "TT", "VE", "VP", "XX",
};

struct Profession {
    std::string_view code;
    bool UserKinds::* kind;
};
constexpr std::array<Profession, 5> professions_of_kinds = {{
    {"LE", &UserKinds::doctor},
    {"TL", &UserKinds::dentist},
    {"JO", &UserKinds::midwife},
    {"SP", &UserKinds::nurse},
    {"SP", &UserKinds::public_health_nurse},
}};

/// The codes that one of these kinds of user has; empty when no kind asks for one.
std::string expected_professions(const UserKinds& kinds) {
    std::string codes;
    for (const auto& [code, kind] : professions_of_kinds) {
        if (!(kinds.*kind) || codes.contains(code)) continue;
        codes += (codes.empty() ? "" : " or ") + std::string(code);
    }
    return codes;
}

}  // namespace

void users_without_own_id(const ContentFacts& facts, const RuleReporter& broken) {
    tell_not_own(
        facts,
        broken,
        "Id",
        "the user has an empty Id: nothing can refer to this user",
        "an earlier user has the same Id: whatever refers to it means one of two users"
    );
}

void users_without_own_login(const ContentFacts& facts, const RuleReporter& broken) {
    tell_not_own(
        facts,
        broken,
        "Brukernavn",
        "the user has no user name",
        "an earlier user has the same user name"
    );
}

void unknown_kind_of_user(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& user : users_of(facts)) {
        if (!kinds_of(user).unknown) continue;
        const Element kind = user.child("Brukertype");
        tell(
            facts,
            broken,
            kind,
            {.expected = std::string(kinds_known),
             .actual = shown_text(kind),
             .message = "Brukertype holds a word that is no kind of user, in these letters"}
        );
    }
}

void active_user_without_kind(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& user : users_of(facts)) {
        const Element kind = user.child("Brukertype");
        if (!kind || !is_active(user) || is_system_user(user) || kinds_of(user).any()) continue;
        tell(
            facts,
            broken,
            kind,
            {.expected = std::string(kinds_known),
             .actual = "empty",
             .message = "an active user is of no kind and gets no rights"}
        );
    }
}

void active_system_user(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& user : users_of(facts)) {
        if (!is_system_user(user) || !is_active(user)) continue;
        const Element active = user.child("Aktiv");
        tell(
            facts,
            broken,
            active,
            {.expected = "false",
             .actual = shown_text(active),
             .message = "the user with the nil GUID is active, but it is nobody's account"}
        );
    }
}

void prescriber_without_hpr(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& user : users_of(facts)) {
        const bool prescribes = is_active_person(user) && kinds_of(user).prescribes();
        if (!prescribes || has_ident(user, "HPR")) continue;
        tell(
            facts,
            broken,
            user,
            {.expected = "an Ident with TypeId HPR",
             .actual = "none",
             .message = "an active user who may prescribe has no HPR number"}
        );
    }
}

void user_without_national_number(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& user : users_of(facts)) {
        if (!is_active_person(user) || has_ident(user, "FNR") || has_ident(user, "DNR")) continue;
        tell(
            facts,
            broken,
            user,
            {.expected = "an Ident with TypeId FNR or DNR",
             .actual = "none",
             .message = "an active user has no national identity number to log in with"}
        );
    }
}

void user_without_name(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& user : users_of(facts)) {
        if (!is_active_person(user)) continue;
        for (const std::string_view name : {"FamilyName", "GivenName"}) {
            const Element part = user.child(name);
            if (!part.text().empty()) continue;
            tell(
                facts,
                broken,
                part ? part : user,
                {.expected = std::string(name),
                 .actual = part ? "empty" : "none",
                 .message = "an active user has no " + std::string(name)}
            );
        }
    }
}

void unknown_right(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& right : elements_below(facts, "Helseperson", "ForskrivningsrettAB")) {
        const std::string_view value = right.text();
        if (value == "All" || value == "NotA" || value == "NotAB") continue;
        tell(
            facts,
            broken,
            right,
            {.expected = "All, NotA or NotAB",
             .actual = value.empty() ? "empty" : shown_text(right),
             .message = "ForskrivningsrettAB is none of its three words"}
        );
    }
}

void doctor_without_right(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& user : users_of(facts)) {
        const UserKinds kinds = kinds_of(user);
        const Element right = user.child("ForskrivningsrettAB");
        if (kinds.doctor && !right) {
            tell(
                facts,
                broken,
                user,
                {.expected = "ForskrivningsrettAB",
                 .actual = "none",
                 .message = "nothing says whether this doctor may prescribe groups A and B"}
            );
        }
        const bool is_unusual = right && kinds.any() && !kinds.doctor && !kinds.dentist;
        if (!is_unusual) continue;
        tell(
            facts,
            broken,
            right,
            {.expected = "ForskrivningsrettAB of doctors",
             .actual = "of another kind of user",
             .message = "a right of doctors stands with another kind of user",
             .severity = findings::Severity::info}
        );
    }
}

void right_of_another_kind(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& right : elements_below(facts, "Helseperson", "HarForskrivningsrett")) {
        const UserKinds kinds = kinds_of(right.parent());
        if (kinds.midwife || kinds.public_health_nurse) continue;
        tell(
            facts,
            broken,
            right,
            {.expected = "HarForskrivningsrett of midwives and public health nurses",
             .actual = "of another kind of user",
             .message = "the right to prescribe contraceptives stands with another kind of user"}
        );
    }
}

void unfitting_profession(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& kind : elements_below(facts, "Helseperson", "TypeHealthcareProfessional")) {
        const std::string_view code = kind.attribute("V");
        if (code.empty()) continue;
        const bool is_known = std::ranges::find(professions, code) != professions.end();
        const std::string expected = expected_professions(kinds_of(kind.parent()));
        const bool fits = expected.empty() || expected.contains(code);
        if (is_known && fits) continue;
        tell(
            facts,
            broken,
            kind,
            {.expected = expected.empty() ? "a code of list 9060" : expected,
             .actual = shown_attribute(kind, "V"),
             .message = is_known ? "profession and Brukertype do not fit each other"
                                 : "the profession is no code of list 9060"}
        );
    }
}

void speciality_without_number(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& speciality : elements_below(facts, "Helseperson", "Spesialitet")) {
        const std::string_view code = speciality.attribute("V");
        if (code.empty() || is_number(code)) continue;
        tell(
            facts,
            broken,
            speciality,
            {.expected = "a number of code list 7426",
             .actual = shown_attribute(speciality, "V"),
             .message = "the speciality is not given by its number"}
        );
    }
}

void shared_number(const ContentFacts& facts, const RuleReporter& broken) {
    std::unordered_map<std::string, Element> owners;
    for (const Element& user : users_of(facts)) {
        for (const Element& ident : Children(user, "Ident")) {
            const std::string kind = lower_case(ident.child("TypeId").attribute("V"));
            const bool is_national = kind == "fnr" || kind == "dnr";
            const std::string_view number = ident.child("Id").text();
            if (number.empty() || (!is_national && kind != "hpr")) continue;
            const std::string key = (is_national ? "person " : "hpr ") + lower_case(number);
            const auto [owner, is_new] = owners.emplace(key, user);
            if (is_new || owner->second == user) continue;
            tell(
                facts,
                broken,
                ident,
                {.expected = "a number of nobody else",
                 .actual = is_national ? "the identity number of an earlier user"
                                       : "the HPR number of an earlier user",
                 .message = "two users share a number that belongs to one person"}
            );
        }
    }
}

void nobody_in_charge(const ContentFacts& facts, const RuleReporter& broken) {
    const auto users = users_of(facts);
    const bool anybody = std::ranges::any_of(users, [](const Element& user) {
        const UserKinds kinds = kinds_of(user);
        return is_active(user) && (kinds.administrator || kinds.prescribes());
    });
    if (users.empty() || anybody) return;
    tell(
        facts,
        broken,
        users.front().parent(),
        {.expected = "an active administrator, doctor, dentist, midwife or public health nurse",
         .actual = "none",
         .message = "none of the users could take the new system into use"}
    );
}

}  // namespace sfmkit::verifier::org
