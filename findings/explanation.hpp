#pragma once

#include "findings/rule.hpp"
#include "findings/rule_page.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::findings {

/// All that is known about one rule. What it points to has to outlive it.
struct Explanation {
    const Rule* rule;
    const RulePage* page;
    std::vector<const Rule*> related;
    std::vector<const Rule*> supersedes;
    std::vector<const Rule*> superseded_by;
};

/// Ids that the catalogue does not have are left out.
Explanation explain(const Rule& rule, const RulePage& page, std::span<const Rule* const> catalogue);

/// Which rules are told about, and by what.
struct Edition {
    std::string_view version;  ///< of this program
    std::string_view ruleset;
};

/// For people at a terminal so many columns wide.
std::string explanation_text(const Explanation& explanation, std::size_t columns);

/// One section with an anchor, as `#env-11`.
std::string explanation_markdown(const Explanation& explanation);

/// A whole page: the tables of the families, then a section for each rule.
std::string catalogue_markdown(std::span<const Explanation> explanations, const Edition& edition);

/// One object as docs/rules.schema.json describes.
std::string explanations_json(std::span<const Explanation> explanations, const Edition& edition);

/// The same without the pages.
std::string rules_json(std::span<const Rule* const> rules, const Edition& edition);

/// What an error of the rule does to the verdict, as a sentence.
std::string_view weight_of(const Rule& rule) noexcept;

/// What that certainty means.
std::string_view meaning_of(Certainty certainty) noexcept;

/// Shows more about a file that breaks the rule.
std::string_view look_at(const Rule& rule) noexcept;

}  // namespace sfmkit::findings
