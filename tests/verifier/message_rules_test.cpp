// What recipes cannot show: texts, what two rules make of one file, and time.
#include "fixtures/message_edits.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/rules/msg_checks.hpp"
#include "verifier/rules/msg_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace sfmkit::verifier {
namespace {

using testing::HasSubstr;

std::vector<std::string> rules_in(const findings::Report& report) {
    std::vector<std::string> rules;
    for (const findings::Finding& finding : report.findings) rules.push_back(finding.rule);
    return rules;
}

findings::Report judged(const fixtures::Edit& edit) {
    static test::RecipeWorld world;
    fixtures::ExportRecipe recipe = test::sample_export();
    edit(recipe);
    return world.verify(recipe);
}

findings::Finding finding_of(const std::string& rule, const fixtures::Edit& edit) {
    const auto report = judged(edit);
    const auto found = std::ranges::find(report.findings, rule, &findings::Finding::rule);
    return found == report.findings.end() ? findings::Finding() : *found;
}

fixtures::Edit answer_to(std::string_view purpose) {
    const std::string id = fixtures::guid_of(test::sample_export().names, purpose);
    return fixtures::with_record(3, "ParentId", id);
}

TEST(ReplyWithoutParent, WithTheMsgIdOfItsRequest_IsToldToWriteTheId) {
    const auto told = finding_of("MSG-08", answer_to("request-message"));
    EXPECT_THAT(told.message, HasSubstr("ERM96 without its parent"));
    EXPECT_THAT(told.expected, HasSubstr("the Id of the ERM95 that it answers"));
    EXPECT_THAT(told.likely_cause, HasSubstr("holds the MsgId of Melding[1]"));
}

TEST(ReplyWithoutParent, WhoseFileNamesTheRequest_IsToldWhichItIs) {
    const auto told = finding_of("MSG-08", answer_to("nobody"));
    EXPECT_THAT(told.likely_cause, HasSubstr("names the MsgId of Melding[1] (ERM95)"));
}

TEST(ReplyWithoutParent, WhoseRequestIsNowhere_IsToldThatItWasLeftOut) {
    const auto told = finding_of("MSG-08", fixtures::without_message(1));
    EXPECT_THAT(told.likely_cause, HasSubstr("the message that was answered was left out"));
}

TEST(MessageFile, ThatNobodyNames_IsNotToldToStandInAnotherOrder) {
    const auto in_front = [](fixtures::ExportRecipe& recipe) {
        fixtures::ZipRecipe::Entry entry = recipe.message();
        entry.name = "3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.xml";
        auto& entries = recipe.patient_archive.entries;
        entries.insert(entries.begin(), entry);
    };
    EXPECT_THAT(rules_in(judged(in_front)), testing::ElementsAre("MSG-02"));
}

TEST(MessageFile, BesideAPatientDocumentThatNobodyCanRead_IsJudgedAllTheSame) {
    const auto both = [](fixtures::ExportRecipe& recipe) {
        recipe.message().content = "<!DOCTYPE a><a/>";
        recipe.patient_document().content = "no XML";
    };
    EXPECT_THAT(rules_in(judged(both)), testing::UnorderedElementsAre("MSG-23", "XML-01"));
}

/// Records that answer each other, the last one the first.
std::string circle_of(std::size_t count) {
    std::string text = "<PasientExport><Meldinger>";
    for (std::size_t i = 0; i < count; ++i) {
        text += "<Melding><Id>" + std::to_string(i) + "</Id><ParentId>" +
                std::to_string((i + 1) % count) + "</ParentId></Melding>";
    }
    return text + "</Meldinger></PasientExport>";
}

// Following every record around the circle would be 10^10 steps.
TEST(Conversation, InACircleOfAHundredThousand_IsToldOnceAndSoon) {
    const auto tree = DocumentTree::read(circle_of(100'000));
    ASSERT_TRUE(tree.has_value());
    const ZipDirectory directory;
    ContentFacts facts;
    facts.tree = &*tree;
    facts.directory = &directory;
    findings::Seen seen;
    const findings::Rule& row = msg_rules().front().row;
    const findings::Bounds bounds{};
    const auto begin = std::chrono::steady_clock::now();
    msg::parent_missing(facts, findings::RuleReporter(row, bounds, seen));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    ASSERT_EQ(seen.kept.size(), 1U);
    EXPECT_THAT(seen.kept.front().second.message, HasSubstr("100000 messages"));
}

}  // namespace
}  // namespace sfmkit::verifier
