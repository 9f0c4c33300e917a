#include "fixtures/rule_recipe.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/rules/catalogue.hpp"
#include "verifier/rules/dir_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace sfmkit {
namespace {

using fixtures::RuleRecipe;

const findings::Rule& row_of(const std::string& id) {
    for (const findings::Rule* rule : verifier::catalogue()) {
        if (rule->id == id) return *rule;
    }
    throw std::runtime_error("no row for " + id);
}

std::set<std::string> rules_in(const findings::Report& report, bool with_infos) {
    std::set<std::string> rules;
    for (const findings::Finding& finding : report.findings) {
        const bool info = finding.severity == findings::Severity::info;
        if (with_infos || !info) rules.insert(finding.rule);
    }
    return rules;
}

findings::Report report_of(const RuleRecipe& recipe, test::RecipeWorld& world) {
    fixtures::ExportRecipe exported = test::full_export();
    recipe.edit(exported);
    constexpr std::size_t most_written = 100;
    if (exported.patient_copies <= most_written) return world.verify(exported);
    // Thousands of files are judged by their listing alone.
    verifier::FolderFacts facts;
    facts.folders = {"Patients0"};
    for (const std::string& path : fixtures::listing_of(exported)) {
        facts.files.push_back({.path = path, .size_bytes = 1});
    }
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    judge.run(verifier::dir_rules(), facts, "");
    report.verdict = findings::verdict_of(report);
    return report;
}

/// One program run for all: making RSA keys is what costs here.
void expect_exact_findings(const std::vector<RuleRecipe>& recipes) {
    test::RecipeWorld world;
    for (const RuleRecipe& recipe : recipes) {
        SCOPED_TRACE(recipe.rule + ": " + recipe.what);
        const findings::Report report = report_of(recipe, world);
        if (recipe.passes) {
            EXPECT_THAT(rules_in(report, true), testing::IsEmpty());
            EXPECT_EQ(report.verdict.conclusion, findings::Conclusion::conforms);
            continue;
        }
        const bool info_rule = row_of(recipe.rule).strict == findings::Severity::info;
        EXPECT_THAT(rules_in(report, info_rule), testing::ElementsAre(recipe.rule));
    }
}

TEST(EnvelopeRules, EveryRecipe_GivesItsRuleAndNoOther) {
    expect_exact_findings(fixtures::env_recipes());
}

TEST(ArchiveRules, EveryRecipe_GivesItsRuleAndNoOther) {
    expect_exact_findings(fixtures::zip_recipes());
}

TEST(FolderRules, EveryRecipe_GivesItsRuleAndNoOther) {
    expect_exact_findings(fixtures::dir_recipes());
}

TEST(IndexRules, EveryRecipe_GivesItsRuleAndNoOther) {
    expect_exact_findings(fixtures::idx_recipes());
}

TEST(LedgerRules, EveryRecipe_GivesItsRuleAndNoOther) {
    expect_exact_findings(fixtures::led_recipes());
}

TEST(DocumentRules, EveryRecipe_GivesItsRuleAndNoOther) {
    expect_exact_findings(fixtures::xml_recipes());
}

TEST(Catalogue, EveryRow_HasRecipesThatPassAndThatFail) {
    std::set<std::string> passing;
    std::set<std::string> failing;
    for (const RuleRecipe& recipe : fixtures::all_recipes()) {
        (recipe.passes ? passing : failing).insert(recipe.rule);
    }
    std::set<std::string> rows;
    for (const findings::Rule* rule : verifier::catalogue()) {
        if (rule->built) rows.emplace(rule->id);
    }
    EXPECT_EQ(passing, rows);
    EXPECT_EQ(failing, rows);
}

TEST(Catalogue, EveryRow_SupersedesOnlyRowsThatExist) {
    for (const findings::Rule* rule : verifier::catalogue()) {
        std::size_t named = 0;
        for (const findings::Rule* other : verifier::catalogue()) {
            if (rule->supersedes_id(other->id)) ++named;
        }
        const auto blanks = std::ranges::count(rule->supersedes, ' ');
        const std::size_t ids = rule->supersedes.empty() ? 0 : static_cast<std::size_t>(blanks) + 1;
        EXPECT_EQ(named, ids) << rule->id;
        EXPECT_FALSE(rule->supersedes_id(rule->id)) << rule->id;
        EXPECT_FALSE(rule->title.empty()) << rule->id;
        EXPECT_FALSE(rule->remedy.empty()) << rule->id;
    }
}

}  // namespace
}  // namespace sfmkit
