#include "verifier/rules/org_parts.hpp"

#include "verifier/export_path.hpp"
#include "verifier/guid_form.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <unordered_set>

namespace sfmkit::verifier::org {
namespace {

struct KindName {
    std::string_view name;
    bool UserKinds::* kind;
};
constexpr std::array<KindName, 8> kind_names = {{
    {"Admin", &UserKinds::administrator},
    {"Doctor", &UserKinds::doctor},
    {"Assistant", &UserKinds::other},
    {"ReadOnly", &UserKinds::other},
    {"Nurse", &UserKinds::nurse},
    {"Dentist", &UserKinds::dentist},
    {"Helsesoster", &UserKinds::public_health_nurse},
    {"Midwife", &UserKinds::midwife},
}};

/// No page says what stands between several kinds.
constexpr std::string_view separators = ",;| \t\r\n";

}  // namespace

bool UserKinds::any() const noexcept {
    return administrator || nurse || other || unknown || prescribes();
}

bool UserKinds::only_administrates() const noexcept {
    return administrator && !nurse && !other && !unknown && !prescribes();
}

UserKinds kinds_of(Element user) {
    UserKinds kinds;
    std::string_view text = user.child("Brukertype").text();
    while (true) {
        const std::size_t begin = text.find_first_not_of(separators);
        if (begin == std::string_view::npos) return kinds;
        text.remove_prefix(begin);
        const std::string_view word = text.substr(0, text.find_first_of(separators));
        text.remove_prefix(word.size());
        const auto known = std::ranges::find(kind_names, word, &KindName::name);
        if (known == kind_names.end()) {
            kinds.unknown = true;
        } else {
            kinds.*known->kind = true;
        }
    }
}

bool is_true(Element element) noexcept {
    return element.text() == "true" || element.text() == "1";
}

bool is_active(Element user) noexcept {
    return is_true(user.child("Aktiv"));
}

bool is_system_user(Element user) noexcept {
    return guid_form(user.child("Id").text()) == GuidForm::nil;
}

bool is_number(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<Element> elements_below(
    const ContentFacts& facts, std::string_view parent, std::string_view name
) {
    std::vector<Element> found;
    if (facts.is_patient()) return found;
    std::ranges::copy_if(facts.all(name), std::back_inserter(found), [&](const Element& element) {
        return element.parent().name() == parent;
    });
    return found;
}

std::vector<Element> users_of(const ContentFacts& facts) {
    return elements_below(facts, "Brukere", "Helseperson");
}

bool has_ident(Element owner, std::string_view kind) {
    for (const Element& ident : Children(owner, "Ident")) {
        const bool is_of_kind = same_without_case(ident.child("TypeId").attribute("V"), kind);
        if (is_of_kind && !ident.child("Id").text().empty()) return true;
    }
    return false;
}

void tell_repeated(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    std::span<const Element> elements,
    std::string_view message
) {
    std::unordered_set<std::string> known;
    for (const Element& element : elements) {
        if (element.text().empty() || known.insert(lower_case(element.text())).second) continue;
        tell(
            facts,
            broken,
            element,
            {.expected = "a value of its own",
             .actual = shown_text(element),
             .message = std::string(message)}
        );
    }
}

}  // namespace sfmkit::verifier::org
