#include "verifier/rules/pat_rules.hpp"

#include "verifier/rules/pat_rule_parts.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 2> rules_across = {{
    {{.id = "PAT-02",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "no two patient documents have the same Id",
      .sources = Source::page_text,
      .remedy = "write one file for each patient",
      .built = false}},
    {{.id = "PAT-04",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "no two patients share an identity number",
      .sources = Source::inference,
      .remedy = "look for a patient who was registered twice",
      .does_not_prove = "that each number belongs to its patient",
      .built = false}},
}};

std::vector<CheckedRule<ContentFacts>> joined() {
    std::vector<CheckedRule<ContentFacts>> all(rules_across.begin(), rules_across.end());
    for (const auto part : {pat_person_rules(), pat_reaction_rules(), pat_care_rules()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    std::ranges::sort(all, {}, [](const auto& rule) { return rule.row.id; });
    return all;
}

}  // namespace

std::span<const CheckedRule<ContentFacts>> pat_rules() noexcept {
    // In no order with the arrays of the other files: made when it is asked for.
    static const std::vector<CheckedRule<ContentFacts>> rules = joined();
    return rules;
}

}  // namespace sfmkit::verifier
