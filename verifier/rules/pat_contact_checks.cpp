#include "verifier/export_path.hpp"
#include "verifier/rules/pat_person_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier::pat {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_number(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool has_digits(std::string_view text, std::int64_t count) noexcept {
    return is_number(text) && text.size() == static_cast<std::size_t>(count);
}

void tell_no_code(
    const ContentFacts& facts,
    const RuleReporter& broken,
    Element element,
    std::string expected,
    std::string message
) {
    const bool has_code = element.has_attribute("V");
    tell(
        facts,
        broken,
        element,
        {.expected = std::move(expected),
         .actual = has_code ? shown_attribute(element, "V") : shown_text(element),
         .message = std::move(message)}
    );
}

bool is_country_code(std::string_view code, std::int64_t letters) {
    return code.size() == static_cast<std::size_t>(letters) && std::ranges::all_of(code, is_letter);
}

}  // namespace

void doctor_without_number(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    for (const std::string_view name : {"Fastlege", "MultidoseAnsvarligLege"}) {
        const Element number = facts.root().child(name).child("HprId");
        // An empty one is told as such.
        if (number.text().empty()) continue;
        if (!is_number(number.text())) {
            tell(
                facts,
                broken,
                number,
                {.expected = "an HPR number, digits only",
                 .actual = shown_text(number),
                 .message = fmt::format("the HprId of {} is no number", name)}
            );
        } else if (facts.organisation != nullptr &&
                   !facts.organisation->has_health_personnel_number(number.text())) {
            tell(
                facts,
                broken,
                number,
                {.expected = "the HPR number of a Helseperson, or a doctor from elsewhere",
                 .actual = shown_text(number),
                 .message = fmt::format("the doctor in {} is no user of this export", name),
                 .severity = findings::Severity::info}
            );
        }
    }
}

void care_service_without_codes(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    const Element service = facts.root().child("PLOInformasjon");
    const Element number = service.child("HerId");
    if (!number.text().empty() && !is_number(number.text())) {
        tell(
            facts,
            broken,
            number,
            {.expected = "a HER id, digits only",
             .actual = shown_text(number),
             .message = "the HerId of PLOInformasjon is no number"}
        );
    }
    const Element municipality = service.child("Kommune");
    if (municipality && !has_digits(municipality.text(), broken.bound())) {
        tell(
            facts,
            broken,
            municipality,
            {.expected = fmt::format("{} digits", broken.bound()),
             .actual = shown_text(municipality),
             .message = "Kommune of PLOInformasjon is no municipality number"}
        );
    }
}

// Empty elements and codes say nothing; that is told elsewhere where it matters.
void address_without_codes(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    for (const Element& address : facts.all("Address")) {
        const Element postal_code = address.child("PostalCode");
        const Element county = address.child("County");
        const Element country = address.child("Country");
        const std::string_view country_code = country.attribute("V");
        const bool is_norwegian = country_code.empty() || same_without_case(country_code, "NO");
        const std::string_view post = postal_code.text();
        if (is_norwegian && !post.empty() && !has_digits(post, broken.bound(0))) {
            const auto expected = fmt::format("{} digits, or another Country", broken.bound(0));
            tell_no_code(facts, broken, postal_code, expected, "no Norwegian postal code");
        }
        const std::string_view county_code = county.attribute("V");
        if (!county_code.empty() && !has_digits(county_code, broken.bound(1))) {
            const auto expected = fmt::format("a V of {} digits", broken.bound(1));
            tell_no_code(facts, broken, county, expected, "County has no municipality number");
        }
        if (!country_code.empty() && !is_country_code(country_code, broken.bound(2))) {
            const auto expected = fmt::format("a V of {} letters, as NO", broken.bound(2));
            tell_no_code(facts, broken, country, expected, "Country has no country code");
        }
    }
}

void address_without_scheme(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    for (const Element& telecom : facts.all("TeleCom")) {
        const Element address = telecom.child("TeleAddress");
        if (!address) continue;
        const std::string_view value = address.attribute("V");
        const bool has_scheme = std::ranges::any_of(
            std::array<std::string_view, 2>{"tel:", "mailto:"},
            [&](std::string_view scheme) {
                return value.size() > scheme.size() &&
                       same_without_case(value.substr(0, scheme.size()), scheme);
            }
        );
        if (has_scheme) continue;
        tell(
            facts,
            broken,
            address,
            {.expected = "V with tel: or mailto: and what to call or write to",
             .actual = shown_attribute(address, "V"),
             .message = value.empty() ? "TeleAddress has no V: nobody can be reached"
                                      : "TeleAddress does not say whether it is a phone or a mail "
                                        "address"}
        );
    }
}

}  // namespace sfmkit::verifier::pat
