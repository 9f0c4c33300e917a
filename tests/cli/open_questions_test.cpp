#include "findings/open_question.hpp"
#include "mockserver/why/client_rules.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"
#include "verifier/rules/catalogue.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

namespace sfmkit {
namespace {

std::vector<std::string> words_of(std::string_view text) {
    std::istringstream stream{std::string(text)};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

std::vector<const findings::Rule*> all_rules() {
    auto rules = verifier::catalogue();
    for (const auto* rule : mockserver::server_catalogue()) rules.push_back(rule);
    return rules;
}

TEST(OpenQuestions, OfFormatAndTokens_AreAllThere) {
    std::set<std::string> expected;
    for (int i = 1; i <= 32; ++i) expected.insert(fmt::format("G{}", i));
    for (int i = 1; i <= 8; ++i) expected.insert(fmt::format("O{}", i));
    std::set<std::string> ids;
    for (const auto& question : findings::open_questions()) {
        EXPECT_TRUE(ids.emplace(question.id).second) << question.id;
        EXPECT_FALSE(question.one.empty() || question.other.empty() || question.ours.empty());
        EXPECT_NE(question.one, question.other);
        EXPECT_NE(question.change.empty(), question.why_no_change.empty()) << question.id;
    }
    EXPECT_EQ(ids, expected);
}

TEST(OpenQuestions, RulesThatTheyName_AreKnown) {
    std::size_t named = 0;
    for (const auto& question : findings::open_questions()) {
        const auto ids = words_of(question.rules);
        EXPECT_EQ(findings::rules_of(question, all_rules()).size(), ids.size()) << question.id;
        named += ids.size();
    }
    EXPECT_GE(named, 30U);
}

// A profile that is said to change the answer changes the severity of a rule of the question.
TEST(OpenQuestions, ProfileThatTheyName_ChangesARule) {
    std::size_t checked = 0;
    for (const auto& question : findings::open_questions()) {
        const bool lenient = question.change == "verify --profile lenient";
        const bool edition = question.change == "verify --profile edition-2021";
        if (!lenient && !edition) continue;
        bool changes = edition && question.rules == "XML-04";
        for (const auto* rule : findings::rules_of(question, all_rules())) {
            changes = changes || (lenient && rule->lenient != rule->strict);
        }
        EXPECT_TRUE(changes) << question.id;
        ++checked;
    }
    EXPECT_GE(checked, 15U);
}

// The command line takes every switch that is named; one that does not exist is refused.
TEST(OpenQuestions, SwitchThatTheyName_IsAnOption) {
    std::set<std::string> helped;
    for (const auto& question : findings::open_questions()) {
        const auto words = words_of(question.change);
        if (words.empty()) continue;
        const std::string help = test::run_sfmkit({words[0], "--help"}).output;
        EXPECT_NE(help.find("  " + words[1] + " "), std::string::npos) << question.change;
        helped.insert(words[0] + words[1]);
    }
    EXPECT_GE(helped.size(), 5U);
}

TEST(OpenQuestions, PageInDocs_IsWhatTheProgramWritesNow) {
    const std::string page = test::run_sfmkit({"explain", "--questions"}).output;
    EXPECT_EQ(test::read_file(test::source_folder() / "docs" / "open-questions.md"), page)
        << "Write it anew: ./bootstrap docs";
}

TEST(OpenQuestions, Explain_KnowsTheirIdsBesideRules) {
    const auto one = test::run_sfmkit({"explain", "g7"});
    EXPECT_EQ(one.exit_code, 0);
    EXPECT_EQ(one.output.find("### G7: "), 0U) << one.output;
    const auto both = test::run_sfmkit({"explain", "O1", "CORE-29"});
    EXPECT_EQ(both.exit_code, 0);
    EXPECT_NE(both.output.find("### O1: "), std::string::npos);
    EXPECT_NE(both.output.find("CORE-29"), std::string::npos);
    EXPECT_EQ(test::run_sfmkit({"explain", "G33"}).exit_code, 2);
}

}  // namespace
}  // namespace sfmkit
