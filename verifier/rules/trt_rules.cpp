#include "verifier/rules/trt_rules.hpp"

#include "verifier/rules/trt_rule_parts.hpp"

#include <algorithm>
#include <vector>

namespace sfmkit::verifier {
namespace {

std::vector<findings::CheckedRule<ContentFacts>> joined() {
    std::vector<findings::CheckedRule<ContentFacts>> all;
    for (const auto part :
         {trt_version_rules(),
          trt_reference_rules(),
          trt_word_rules(),
          trt_order_rules(),
          trt_time_rules()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    std::ranges::sort(all, {}, [](const auto& rule) { return rule.row.id; });
    return all;
}

}  // namespace

std::span<const findings::CheckedRule<ContentFacts>> trt_rules() noexcept {
    // In no order with the arrays of the other files: made when it is asked for.
    static const std::vector<findings::CheckedRule<ContentFacts>> rules = joined();
    return rules;
}

}  // namespace sfmkit::verifier
