#pragma once

#include "verifier/content_facts.hpp"

#include <span>
#include <string_view>
#include <vector>

/// What several checks of the family ORG look at.
namespace sfmkit::verifier::org {

/// What a user is allowed to be; several at once.
struct UserKinds {
    bool administrator = false;
    bool doctor = false;
    bool dentist = false;
    bool nurse = false;
    bool midwife = false;
    bool public_health_nurse = false;
    bool other = false;  ///< assistants and readers
    bool unknown = false;

    bool any() const noexcept;
    bool prescribes() const noexcept { return doctor || dentist || midwife || public_health_nurse; }
    bool only_administrates() const noexcept;
};
UserKinds kinds_of(Element user);

bool is_true(Element element) noexcept;
bool is_active(Element user) noexcept;
/// The one with the nil GUID: the machine, not a person.
bool is_system_user(Element user) noexcept;
bool is_number(std::string_view text) noexcept;

/// The users of an organisation document; none of a patient document.
std::vector<Element> users_of(const ContentFacts& facts);
/// Elements of this name directly below one of that name, in an organisation document.
std::vector<Element> elements_below(
    const ContentFacts& facts, std::string_view parent, std::string_view name
);
/// An Ident with this kind of number, which is not empty.
bool has_ident(Element owner, std::string_view kind);

/// Tells every element whose text, without case, stands in an earlier one; empty ones do not count.
void tell_repeated(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    std::span<const Element> elements,
    std::string_view message
);

}  // namespace sfmkit::verifier::org
