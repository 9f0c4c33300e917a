#pragma once

#include "findings/judge.hpp"
#include "findings/rule.hpp"
#include "verifier/facts.hpp"
#include "verifier/index_reader.hpp"
#include "verifier/ledger_reader.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Says in every report which rules judged; changes whenever a row or a check does.
inline constexpr std::string_view ruleset = "sfm-export-2";

/// The rules that judge a run, family by family. The mutation run hands in changed ones.
struct RuleSet {
    std::span<const findings::CheckedRule<FolderFacts>> folder;
    std::span<const findings::CheckedRule<Index>> index;
    std::span<const findings::CheckedRule<Ledger>> ledger;
    std::span<const findings::CheckedRule<EnvelopeFacts>> envelope;
    std::span<const findings::CheckedRule<ArchiveFacts>> archive;
    std::span<const findings::CheckedRule<DocumentFacts>> document;
};

/// Every family as it is. The one list of families.
RuleSet standard_rules() noexcept;

/// Families of rows that have no checks yet.
std::vector<std::span<const findings::Rule>> families_not_built();

/// Every row: those of the standard rules in the order of the stages, then those not built.
std::vector<const findings::Rule*> catalogue();

/// What no run checks as yet, family by family.
void tell_not_built(findings::Judge& judge);

}  // namespace sfmkit::verifier
