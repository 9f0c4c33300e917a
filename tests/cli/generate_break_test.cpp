#include "fixtures/rule_recipe.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/temporary_folder.hpp"
#include "verifier/rules/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

namespace sfmkit {
namespace {

using test::run_sfmkit;
using testing::HasSubstr;

/// The arguments of the command that the screen names behind `see it: sfmkit`.
std::vector<std::string> arguments_named(const std::string& screen) {
    constexpr std::string_view label = "see it: sfmkit ";
    const std::size_t begin = screen.find(label);
    if (begin == std::string::npos) throw std::runtime_error("no command in " + screen);
    std::istringstream line(
        screen.substr(begin + label.size(), screen.find('\n', begin) - begin - label.size())
    );
    std::vector<std::string> arguments;
    for (std::string word; line >> word;) arguments.push_back(word);
    return arguments;
}

/// The rules that the command named on the screen reports.
struct RulesTold {
    std::set<std::string> all;
    std::set<std::string> loud;  ///< those at error and warning level
};

RulesTold rules_told(const std::string& screen, const test::TemporaryFolder& folder) {
    std::vector<std::string> arguments = arguments_named(screen);
    const std::string report = (folder / "report.json").string();
    arguments.insert(arguments.end(), {"--report", "json=" + report});
    run_sfmkit(arguments);
    const auto json = nlohmann::json::parse(test::read_file(report));
    RulesTold told;
    for (const auto& finding : json.at("findings")) {
        told.all.insert(finding.at("rule"));
        if (finding.at("severity") != "info") told.loud.insert(finding.at("rule"));
    }
    return told;
}

/// A rule that no export can keep while it breaks this one; empty for most.
std::string told_besides(const std::string& rule) {
    for (const fixtures::RuleRecipe& recipe : fixtures::all_recipes(fixtures::names_of(11))) {
        if (recipe.rule == rule && !recipe.passes && !recipe.fleeting) return recipe.besides;
    }
    return {};
}

/// Too many files to unwrap the key of each: the folder is judged without key.
bool is_large(const std::string& rule) {
    return rule == "DIR-05";
}

std::string family_of(const findings::Rule& rule) {
    return std::string(rule.id.substr(0, rule.id.find('-')));
}

std::set<std::string> families() {
    std::set<std::string> names;
    for (const findings::Rule* row : verifier::catalogue()) names.insert(family_of(*row));
    return names;
}

/// One test a family: all in one take minutes under the sanitizers.
class GenerateBreakOfFamily : public testing::TestWithParam<std::string> {};

TEST_P(GenerateBreakOfFamily, OfEveryRule_ViolatesItAlone) {
    std::size_t rules = 0;
    for (const findings::Rule* row : verifier::catalogue()) {
        const std::string rule(row->id);
        if (family_of(*row) != GetParam() || is_large(rule)) continue;
        SCOPED_TRACE(rule);
        ASSERT_TRUE(row->built);
        const test::TemporaryFolder folder;
        const auto run =
            run_sfmkit({"generate", (folder / "export").string(), "--break", rule, "--seed", "11"});
        ASSERT_EQ(run.exit_code, 0) << run.output;
        EXPECT_THAT(run.output, HasSubstr("violates " + rule + " and nothing else, seed 11"));
        RulesTold told = rules_told(run.output, folder);
        EXPECT_THAT(told.all, testing::Contains(rule)) << run.output;
        told.loud.erase(rule);
        told.loud.erase(told_besides(rule));
        EXPECT_THAT(told.loud, testing::IsEmpty()) << run.output;
        ++rules;
    }
    EXPECT_GE(rules, 3U);
}

INSTANTIATE_TEST_SUITE_P(
    Rules,
    GenerateBreakOfFamily,
    testing::ValuesIn(families()),
    [](const testing::TestParamInfo<std::string>& one) { return one.param; }
);

TEST(GenerateBreak, OfFullFolder_WritesEveryFile) {
    const test::TemporaryFolder folder;
    const auto run = run_sfmkit({"generate", (folder / "export").string(), "--break", "DIR-05"});
    ASSERT_EQ(run.exit_code, 0) << run.output;
    const std::filesystem::directory_iterator files(folder / "export" / "Patients0");
    EXPECT_EQ(std::distance(files, std::filesystem::directory_iterator()), 16001);
    const std::string report = (folder / "report.json").string();
    run_sfmkit({"verify", (folder / "export").string(), "--report", "json=" + report});
    const auto json = nlohmann::json::parse(test::read_file(report));
    ASSERT_EQ(json.at("findings").size(), 1U);
    EXPECT_EQ(json.at("findings")[0].at("rule"), "DIR-05");
}

TEST(GenerateBreak, OfNamedWay_BreaksTheRuleThatWay) {
    const test::TemporaryFolder folder;
    const auto run =
        run_sfmkit({"generate", (folder / "export").string(), "--break", "env-11:SHA-1"});
    ASSERT_EQ(run.exit_code, 0) << run.output;
    EXPECT_THAT(run.output, HasSubstr("how: SHA-1"));
    EXPECT_THAT(run.output, HasSubstr("ENV-11:PKCS#1-v1.5"));
    EXPECT_THAT(rules_told(run.output, folder).loud, testing::ElementsAre("ENV-11"));
}

// Patients differ by seed: not each has what another has.
TEST(GenerateBreak, OfEveryWayAgainstTheSchema_HoldsForEverySeed) {
    std::size_t exports = 0;
    const std::vector<fixtures::RuleRecipe> recipes = fixtures::xml_recipes(fixtures::names_of(1));
    for (const fixtures::RuleRecipe& recipe : recipes) {
        if (recipe.rule != "XML-04" || recipe.passes) continue;
        std::string way = "XML-04:" + recipe.what;
        std::ranges::replace(way, ' ', '-');
        for (const char* seed : {"1", "2", "3", "4"}) {
            SCOPED_TRACE(way + " seed " + seed);
            const test::TemporaryFolder folder;
            const auto run = run_sfmkit(
                {"generate", (folder / "export").string(), "--break", way, "--seed", seed}
            );
            ASSERT_EQ(run.exit_code, 0) << run.output;
            EXPECT_THAT(rules_told(run.output, folder).loud, testing::ElementsAre("XML-04"));
            const auto json = nlohmann::json::parse(test::read_file(folder / "report.json"));
            const auto& place = json.at("findings").at(0).at("place");
            const std::string byte = "byte " + place.at("byte_offset").dump();
            EXPECT_THAT(run.output, HasSubstr(byte));
            ++exports;
        }
    }
    EXPECT_GE(exports, 24U);
}

TEST(GenerateBreak, WithRecipient_IsSealedForItsKey) {
    const test::SealedExport made;
    const auto run = run_sfmkit(
        {"generate", made.path("more"), "--break", "ZIP-11", "--recipient", made.certificate()}
    );
    ASSERT_EQ(run.exit_code, 0) << run.output;
    EXPECT_FALSE(std::filesystem::exists(made.path("more.key.pem")));
    EXPECT_THAT(run.output, HasSubstr("--key KEY"));
}

TEST(GenerateBreak, OfWhatCannotBeBroken_SaysWhatCan) {
    const test::TemporaryFolder folder;
    const auto refusal = [&](const std::string& recipe) {
        const auto run = run_sfmkit({"generate", (folder / "export").string(), "--break", recipe});
        EXPECT_EQ(run.exit_code, 2) << run.output;
        EXPECT_FALSE(std::filesystem::exists(folder / "export")) << recipe;
        return run.output;
    };
    EXPECT_THAT(refusal("ENV-99"), HasSubstr("ENV-19, ENV-20"));
    EXPECT_THAT(refusal("nonsense"), HasSubstr("DIR-01, IDX-01"));
    EXPECT_THAT(refusal("ENV-11:MD5"), HasSubstr("ENV-11:SHA-256"));
    EXPECT_THAT(refusal("DAT-02:born-tomorrow"), HasSubstr("DAT-02:born-in-1889"));
}

TEST(GenerateBreak, WithSameSeed_NamesTheSamePlaces) {
    const test::TemporaryFolder folder;
    std::set<std::string> places;
    int made = 0;
    for (const char* seed : {"5", "5", "6"}) {
        const std::string name = "export" + std::to_string(++made);
        const auto run =
            run_sfmkit({"generate", (folder / name).string(), "--break", "DIR-08", "--seed", seed});
        const std::size_t begin = run.output.find("where: ");
        places.insert(run.output.substr(begin, run.output.find('\n', begin) - begin));
    }
    EXPECT_EQ(places.size(), 2U);
}

}  // namespace
}  // namespace sfmkit
