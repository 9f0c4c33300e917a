#include "verifier/rules/pat_rules.hpp"

#include "verifier/rules/pat_rule_parts.hpp"

#include <algorithm>
#include <vector>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;

std::vector<CheckedRule<ContentFacts>> joined() {
    std::vector<CheckedRule<ContentFacts>> all;
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
