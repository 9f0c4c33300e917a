#pragma once

#include "findings/judge.hpp"
#include "findings/rule.hpp"
#include "verifier/content_facts.hpp"
#include "verifier/export_identifiers.hpp"
#include "verifier/facts.hpp"
#include "verifier/index_reader.hpp"
#include "verifier/ledger_reader.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Says in every report which rules judged; changes whenever a row or a check does.
inline constexpr std::string_view ruleset = "sfm-export-3";

/// The rules that judge a run, family by family. The mutation run hands in changed ones.
struct RuleSet {
    std::span<const findings::CheckedRule<FolderFacts>> folder;
    std::span<const findings::CheckedRule<Index>> index;
    std::span<const findings::CheckedRule<Ledger>> ledger;
    std::span<const findings::CheckedRule<EnvelopeFacts>> envelope;
    std::span<const findings::CheckedRule<ArchiveFacts>> archive;
    /// Judged together, like those below: of every document, and of messages.
    std::array<std::span<const findings::CheckedRule<DocumentFacts>>, 2> document;
    /// Judged together, so that a rule of one may supersede a rule of another.
    std::array<std::span<const findings::CheckedRule<ContentFacts>>, 7> content;
    /// What one file says against those before it.
    std::array<std::span<const findings::CheckedRule<AcrossFacts>>, 3> across;
};

/// Every family as it is. The one list of families.
RuleSet standard_rules() noexcept;

/// Every row, family by family in the order of the stages.
std::vector<const findings::Rule*> catalogue();

/// What no run checks, and why; ids that follow each other are told as a range.
void tell_not_built(findings::Judge& judge);

/// The ids of a family as a range, e.g. `ORG-01 to ORG-35`.
std::string ids_of_family(std::string_view family);

/// Ids with blanks and commas between, of the rules about content for which this is true, e.g.
/// needs_organisation.
std::string rules_that_need(const RuleSet& rules, bool findings::Rule::* what);
/// The same for those across files but COD-04, which sees one file, too.
std::string rules_across_files(const RuleSet& rules);

}  // namespace sfmkit::verifier
