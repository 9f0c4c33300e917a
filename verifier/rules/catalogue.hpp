#pragma once

#include "findings/judge.hpp"
#include "findings/rule.hpp"
#include "verifier/facts.hpp"
#include "verifier/index_reader.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Says in every report which rules judged; changes whenever a row or a check does.
inline constexpr std::string_view ruleset = "sfm-export-1";

/// The rules that judge a run, family by family. The mutation run hands in changed ones.
struct RuleSet {
    std::span<const findings::CheckedRule<FolderFacts>> folder;
    std::span<const findings::CheckedRule<Index>> index;
    std::span<const findings::CheckedRule<EnvelopeFacts>> envelope;
    std::span<const findings::CheckedRule<ArchiveFacts>> archive;
    std::span<const findings::CheckedRule<DocumentFacts>> document;
};

/// Every family as it is. The one list of families.
RuleSet standard_rules() noexcept;

/// Every row of the standard rules, in the order of the stages.
std::vector<const findings::Rule*> catalogue();

}  // namespace sfmkit::verifier
