#include "fixtures/rule_recipe.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/rules/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

namespace sfmkit {
namespace {

using fixtures::RuleRecipe;

/// Any will do; other than the default of the builders.
constexpr std::uint64_t recipe_seed = 20261122;

fixtures::Names names() {
    return fixtures::names_of(recipe_seed);
}

constexpr std::array profiles = {
    findings::Profile::strict, findings::Profile::lenient, findings::Profile::edition_2021
};

bool tells(const findings::Report& report, const std::string& rule) {
    const auto of_rule = [&](const findings::Finding& one) { return one.rule == rule; };
    return std::ranges::any_of(report.findings, of_rule);
}

/// One program run for all: making RSA keys is what costs here.
void expect_as_told(const std::vector<RuleRecipe>& recipes) {
    test::RecipeWorld world;
    const fixtures::Content content = test::sample_content(recipe_seed);
    for (const RuleRecipe& recipe : recipes) {
        SCOPED_TRACE(recipe.rule + ": " + recipe.what);
        const auto made = world.write(fixtures::broken_export(recipe, content));
        const auto twin = world.write(fixtures::passing_twin(recipe, content));
        for (const findings::Profile profile : profiles) {
            SCOPED_TRACE(findings::name_of(profile));
            const auto report = world.judge(made, {.profile = profile});
            if (recipe.passes) {
                EXPECT_THAT(test::complaints_about_passing(recipe, report), testing::IsEmpty());
                continue;
            }
            EXPECT_THAT(
                test::complaints_about_broken(recipe, made.recipe, report), testing::IsEmpty()
            );
            EXPECT_THAT(
                test::complaints_about_passing(recipe, world.judge(twin, {.profile = profile})),
                testing::IsEmpty()
            );
        }
        if (recipe.passes) continue;
        const auto a_day_later =
            world.judge(made, {.now = test::sample_day + std::chrono::hours(24)});
        EXPECT_EQ(tells(a_day_later, recipe.rule), !recipe.fleeting);
    }
}

TEST(EnvelopeRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::env_recipes(names()));
}

TEST(ArchiveRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::zip_recipes(names()));
}

TEST(FolderRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::dir_recipes(names()));
}

TEST(IndexRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::idx_recipes(names()));
}

TEST(LedgerRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::led_recipes(names()));
}

TEST(DocumentRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::xml_recipes(names()));
}

TEST(OrganisationRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::org_recipes(names()));
}

TEST(PatientRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::pat_recipes(names()));
}

TEST(TreatmentRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::trt_recipes(names()));
}

TEST(MessageRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::msg_recipes(names()));
}

TEST(IdentifierRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::idn_recipes(names()));
}

TEST(CodeRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::cod_recipes(names()));
}

TEST(DateRules, EveryRecipe_IsReportedAsItSays) {
    expect_as_told(fixtures::dat_recipes(names()));
}

TEST(Catalogue, EveryRow_HasRecipesThatPassAndThatFail) {
    std::set<std::string> passing;
    std::set<std::string> failing;
    for (const RuleRecipe& recipe : fixtures::all_recipes(names())) {
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
