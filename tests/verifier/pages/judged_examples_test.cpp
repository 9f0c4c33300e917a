// Oracle: the checks themselves, which are tested by recipes. An example on a page has to be what
// its rule tells about, or the page misleads.
#include "tests/verifier/pages/page_examples.hpp"
#include "verifier/pages/rule_pages.hpp"
#include "verifier/rules/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace sfmkit::test {
namespace {

using verifier::ContentFacts;
using verifier::DocumentTree;
using CheckedRule = findings::CheckedRule<ContentFacts>;

/// The one user and the one institution of which examples speak.
constexpr std::string_view organisation = R"(<ExportImport>
  <Brukere>
    <Helseperson>
      <Id>3f0c9a51-7d2e-4b86-9c14-5a8e2b7d6f01</Id>
      <Ident><Id>222299101</Id><TypeId V="HPR" /></Ident>
    </Helseperson>
  </Brukere>
  <Institusjon>
    <Id>5e27a9c8-41b3-4d0f-a6e2-7c9b18d3f503</Id>
    <Ident><Id>8199001</Id><TypeId V="HER" /></Ident>
  </Institusjon>
</ExportImport>)";

constexpr std::string_view judged_families = "ORG PAT TRT MSG IDN COD DAT";

/// Rules about what no document holds: names and content of other files and entries, what the
/// export is declared to be, and PAT-31, which makes a note of what is right, too.
constexpr auto not_judged =
    std::to_array<std::string_view>({"DAT-07", "IDN-08", "MSG-01", "MSG-02", "MSG-05",
                                     "MSG-11", "MSG-13", "MSG-14", "MSG-15", "MSG-19",
                                     "MSG-20", "MSG-21", "MSG-22", "MSG-23", "ORG-21",
                                     "ORG-22", "ORG-24", "ORG-32", "ORG-33", "PAT-31"});

bool breaks(const CheckedRule& rule, const std::string& document) {
    const auto organisation_tree = DocumentTree::read(std::string(organisation));
    const verifier::OrganisationIndex index(*organisation_tree);
    const auto tree = DocumentTree::read(document);
    const verifier::ZipDirectory directory;
    const bool is_patient = document.contains("<PasientExport");
    ContentFacts facts;
    facts.tree = &*tree;
    facts.kind =
        is_patient ? verifier::DocumentKind::patient : verifier::DocumentKind::organisation;
    facts.file = "Patients0/9a4d7c10-e852-4c3b-b5f7-1e6a90c2d604.pat";
    facts.entry = "PatientData.xml";
    facts.directory = &directory;
    facts.organisation = &index;
    facts.now = platform::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
    findings::Seen seen;
    rule.check(facts, findings::RuleReporter(rule.row, rule.bounds, seen));
    return !seen.kept.empty();
}

/// Whether there is a place in the documents where the one example breaks the rule and the other
/// keeps it.
bool shows_its_rule(const CheckedRule& rule, const findings::RulePage& page) {
    return std::ranges::any_of(places_of_fragment(page.bad), [&](const Surroundings& place) {
        return breaks(rule, place.before + std::string(page.bad) + place.after) &&
               !breaks(rule, place.before + std::string(page.good) + place.after);
    });
}

TEST(JudgedExamples, OfPages_BreakAndKeepTheirRule) {
    std::size_t judged = 0;
    for (const auto& family : verifier::standard_rules().content) {
        for (const CheckedRule& rule : family) {
            const std::string_view id = rule.row.id;
            if (rule.check == nullptr || !judged_families.contains(id.substr(0, 3))) continue;
            if (std::ranges::find(not_judged, id) != not_judged.end()) continue;
            EXPECT_TRUE(shows_its_rule(rule, *verifier::page_of(id))) << id;
            ++judged;
        }
    }
    EXPECT_GE(judged, 30u);
}

}  // namespace
}  // namespace sfmkit::test
