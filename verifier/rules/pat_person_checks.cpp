#include "verifier/rules/pat_person_checks.hpp"

#include "verifier/element_values.hpp"
#include "verifier/export_path.hpp"
#include "verifier/guid_form.hpp"
#include "verifier/identity_number.hpp"
#include "verifier/sfm_time.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

namespace sfmkit::verifier::pat {
namespace {

namespace sfm = wire::sfm;

Element person_of(const ContentFacts& facts) {
    return facts.is_patient() ? facts.root().child("DemografiskInfo") : Element();
}

/// Without case: that a type is spelt otherwise is told by the rules about codes.
bool has_type(Element ident, std::string_view type) {
    return same_without_case(ident.child("TypeId").attribute("V"), type);
}

template <class Predicate>
bool any_ident(Element person, const Predicate& predicate) {
    for (const Element ident : Children(person, "Ident")) {
        if (predicate(ident)) return true;
    }
    return false;
}

bool is_national(Element ident) {
    constexpr std::array<std::string_view, 4> types = {"FNR", "DNR", "FHN", "HNR"};
    return std::ranges::any_of(types, [&](std::string_view type) { return has_type(ident, type); });
}

bool is_id_of_own_system(Element ident) {
    return has_type(ident, "XXX") && guid_form(ident.child("Id").text()) != GuidForm::none;
}

/// The number of an FNR or DNR, unless something is wrong with the number itself: that is told by
/// the rules about identity numbers, and what such a number says of a person means nothing.
std::optional<IdentityNumber> good_number_in(Element ident) {
    if (!has_type(ident, "FNR") && !has_type(ident, "DNR")) return std::nullopt;
    const auto number = identity_number_in(ident.child("Id").text());
    const bool is_good = number && number->check_digits != CheckDigits::wrong &&
                         number->has_date() && number->is_real_date();
    return is_good ? number : std::nullopt;
}

bool is_date_of(const IdentityNumber& number, std::chrono::local_days day) {
    const std::chrono::year_month_day date(day);
    constexpr int years_in_century = 100;
    return static_cast<unsigned>(date.day()) == number.day &&
           static_cast<unsigned>(date.month()) == number.month &&
           static_cast<unsigned>(static_cast<int>(date.year()) % years_in_century) ==
               number.year_in_century;
}

}  // namespace

void file_of_another_patient(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    const ExportPath path = take_apart(facts.file);
    const bool named_by_id =
        sfm::is_guid(path.stem) && same_without_case(path.extension, sfm::patient_extension);
    const Element id = facts.root().child("Id");
    if (!named_by_id || id.text().empty() || same_without_case(id.text(), path.stem)) return;
    tell(
        facts,
        broken,
        id,
        {.expected = fmt::format("{}, as the file is named", path.stem),
         .actual = shown_text(id),
         .message = "the document is that of another patient than its file says"}
    );
}

void no_national_number(const ContentFacts& facts, const RuleReporter& broken) {
    const Element person = person_of(facts);
    if (!person || any_ident(person, is_national)) return;
    tell(
        facts,
        broken,
        person,
        {.expected = "an Ident whose TypeId is FNR, DNR, FHN or HNR",
         .message = "the patient has no national identity number and no help number"}
    );
}

void several_birth_numbers(const ContentFacts& facts, const RuleReporter& broken) {
    std::int64_t seen = 0;
    for (const Element ident : Children(person_of(facts), "Ident")) {
        if (!has_type(ident, "FNR") || ++seen <= broken.bound()) continue;
        tell(
            facts,
            broken,
            ident,
            {.expected = "one FNR, the one in force", .message = "the patient has more than one FNR"
            }
        );
    }
}

void no_id_of_own_system(const ContentFacts& facts, const RuleReporter& broken) {
    const Element person = person_of(facts);
    if (!person || any_ident(person, is_id_of_own_system)) return;
    tell(
        facts,
        broken,
        person,
        {.expected = "an Ident of type XXX with the GUID of the patient in your system",
         .message = "the patient has no id of the system that exported"}
    );
}

void no_birth_date(const ContentFacts& facts, const RuleReporter& broken) {
    const Element person = person_of(facts);
    const Element birth = person.child("DateOfBirth");
    if (!person || (birth && !is_nil(birth))) return;
    tell(
        facts,
        broken,
        birth ? birth : person,
        {.expected = "DateOfBirth",
         .actual = birth ? "nil" : "",
         .message = "the date of birth is missing"}
    );
}

void another_birth_date(const ContentFacts& facts, const RuleReporter& broken) {
    const Element person = person_of(facts);
    const Element birth = person.child("DateOfBirth");
    const auto day = local_day_in(birth.text());
    if (!day) return;
    for (const Element ident : Children(person, "Ident")) {
        const auto number = good_number_in(ident);
        if (!number || is_date_of(*number, *day)) continue;
        const std::string_view type = has_type(ident, "DNR") ? "DNR" : "FNR";
        tell(
            facts,
            broken,
            birth,
            {.expected = fmt::format("the day, month and year that the {} begins with", type),
             .actual = "another date",
             .message = fmt::format("DateOfBirth is another date than the {} says", type)}
        );
        return;
    }
}

void unknown_sex(const ContentFacts& facts, const RuleReporter& broken) {
    const Element person = person_of(facts);
    const Element sex = person.child("Sex");
    const std::string_view code = sex.attribute("V");
    constexpr std::array<std::string_view, 4> codes = {"0", "1", "2", "9"};
    // An empty code is told as such.
    const bool is_listed = std::ranges::find(codes, code) != codes.end();
    const bool is_known = sex && (code.empty() || is_listed);
    if (!person || is_known) return;
    tell(
        facts,
        broken,
        sex ? sex : person,
        {.expected = "Sex with V 0 (not known), 1 (man), 2 (woman) or 9 (not specified)",
         .actual = sex ? shown_attribute(sex, "V") : "",
         .message = sex ? "the code of the sex is none of the list" : "the sex is missing"}
    );
}

void another_sex(const ContentFacts& facts, const RuleReporter& broken) {
    const Element person = person_of(facts);
    const Element sex = person.child("Sex");
    const std::string_view code = sex.attribute("V");
    const bool is_man = code == "1";
    if (!is_man && code != "2") return;
    for (const Element ident : Children(person, "Ident")) {
        const auto number = good_number_in(ident);
        const auto is_male = number ? number->is_male() : std::nullopt;
        if (!is_male || *is_male == is_man) continue;
        const std::string_view type = has_type(ident, "DNR") ? "DNR" : "FNR";
        tell(
            facts,
            broken,
            sex,
            {.expected = fmt::format("the sex that the ninth digit of the {} says", type),
             .actual = "the other one",
             .message = fmt::format("Sex is another than the {} says", type)}
        );
        return;
    }
}

}  // namespace sfmkit::verifier::pat
