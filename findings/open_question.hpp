#pragma once

#include "findings/rule.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::findings {

/// What is not known about the format or the service. All texts have static storage; sentences
/// have no full stop.
struct OpenQuestion {
    std::string_view id;
    std::string_view question;
    std::string_view one;            ///< a reading
    std::string_view other;          ///< another one
    std::string_view ours;           ///< what is done here
    std::string_view rules;          ///< ids that it is about, one blank between
    std::string_view change;         ///< command and option that change it; empty: none
    std::string_view why_no_change;  ///< then, why
};

/// All of them, in the order of their ids.
std::span<const OpenQuestion> open_questions() noexcept;
/// Null when no question has the id.
const OpenQuestion* find_open_question(std::string_view id) noexcept;
/// The rows of its rules that the catalogue has.
std::vector<const Rule*> rules_of(
    const OpenQuestion& question, std::span<const Rule* const> catalogue
);

/// One section, with what the rules of the catalogue say in each profile.
std::string open_question_markdown(
    const OpenQuestion& question, std::span<const Rule* const> catalogue
);
/// The whole page.
std::string open_questions_page(std::span<const Rule* const> catalogue);

}  // namespace sfmkit::findings
