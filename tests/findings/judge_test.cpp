#include "findings/judge.hpp"

#include <gtest/gtest.h>

namespace sfmkit::findings {
namespace {

constexpr Rule general{
    .id = "A-01",
    .strict = Severity::error,
    .lenient = Severity::warning,
    .stage = Stage::envelope,
    .title = "general",
    .sources = Source::page_text | Source::inference,
    .remedy = "mend",
};
constexpr Rule exact{
    .id = "A-02",
    .strict = Severity::error,
    .lenient = Severity::off,
    .stage = Stage::envelope,
    .title = "exact",
    .sources = Source::inference,
    .remedy = "mend",
    .supersedes = "A-09 A-01",
};
constexpr Rule key_rule{
    .id = "A-03",
    .strict = Severity::error,
    .lenient = Severity::error,
    .stage = Stage::envelope,
    .title = "key",
    .sources = Source::sample_code,
    .remedy = "mend",
    .blocking = Blocking::key_in_doubt,
};
constexpr Rule outright{
    .id = "A-04",
    .strict = Severity::error,
    .lenient = Severity::error,
    .stage = Stage::envelope,
    .title = "outright",
    .sources = Source::inference,
    .remedy = "mend",
    .blocking = Blocking::outright,
};

struct Nothing {};

void always(const Nothing& /*facts*/, const RuleReporter& broken) {
    broken.found({.message = "seen"});
}

void as_warning(const Nothing& /*facts*/, const RuleReporter& broken) {
    broken.found({.message = "seen", .severity = Severity::warning});
}

Report judged(std::vector<CheckedRule<Nothing>> family, Profile profile = Profile::strict) {
    Report report;
    Judge judge(report, profile);
    judge.run<Nothing>(family, {}, "a.pat");
    report.verdict = verdict_of(report);
    return report;
}

TEST(Judge, OfSupersededFinding_KeepsTheExactOne) {
    const Report report = judged({{general, always}, {exact, always}});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].rule, "A-02");
    EXPECT_EQ(report.counts.errors, 1U);
}

TEST(Judge, OfSupersededRules_TellsThemAsNotReached) {
    const Report report = judged({{general, always}, {exact, always}});
    ASSERT_EQ(report.not_reached.size(), 1U);
    EXPECT_EQ(report.not_reached[0].what, "A-09 A-01");
    EXPECT_EQ(report.not_reached[0].superseded_by, "A-02");
    EXPECT_EQ(report.not_reached[0].file, "a.pat");
    EXPECT_TRUE(judged({{general, always}}).not_reached.empty());
}

void in_one_file(const Nothing& /*facts*/, const RuleReporter& broken) {
    broken.found({.message = "seen", .file = "one.pat"});
}

void in_two_files(const Nothing& /*facts*/, const RuleReporter& broken) {
    broken.found({.message = "seen", .file = "one.pat"});
    broken.found({.message = "seen", .file = "two.pat"});
}

TEST(Judge, OfSupersededRuleInAnotherFile_KeepsItThere) {
    const Report report = judged({{general, in_two_files}, {exact, in_one_file}});
    ASSERT_EQ(report.findings.size(), 2U);
    EXPECT_EQ(report.findings[0].rule, "A-01");
    EXPECT_EQ(report.findings[0].file, "two.pat");
    EXPECT_EQ(report.findings[1].rule, "A-02");
    EXPECT_EQ(report.findings[1].file, "one.pat");
}

TEST(Judge, OfSupersedingRuleThatIsOff_KeepsTheGeneralOne) {
    const Report report = judged({{general, always}, {exact, always}}, Profile::lenient);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].rule, "A-01");
    EXPECT_TRUE(report.not_reached.empty());
}

TEST(Judge, OfSameGap_CountsFilesAndNotObservations) {
    Report report;
    Judge judge(report, Profile::strict);
    for (const char* file : {"a", "a", "b", "b", "c"}) judge.not_reached("document", "cut", file);
    ASSERT_EQ(report.not_reached.size(), 1U);
    EXPECT_EQ(report.not_reached[0].files, 3U);
    EXPECT_EQ(report.not_reached[0].file, "a");
}

void six_hundred_times(const Nothing& /*facts*/, const RuleReporter& broken) {
    for (int i = 0; i < 600; ++i) broken.found({.message = "seen"});
}

TEST(Judge, OfManyFindings_ListsSomeAndCountsAllByRule) {
    Report report;
    Judge judge(report, Profile::strict);
    const std::vector<CheckedRule<Nothing>> family = {{general, six_hundred_times}};
    for (int i = 0; i < 30; ++i) judge.run<Nothing>(family, {}, "file " + std::to_string(i));
    judge.add_unlisted("A-01", 7);
    judge.add_unlisted("A-02", 7);
    ASSERT_EQ(report.broken_rules.size(), 1U);
    EXPECT_EQ(report.broken_rules[0].errors, 18'007U);
    EXPECT_EQ(report.counts.errors, 18'007U);
    EXPECT_EQ(report.broken_rules[0].listed, report.findings.size());
    EXPECT_EQ(report.counts.not_listed + report.findings.size(), report.counts.errors);
    EXPECT_EQ(report.findings.size(), 10'000U);
    EXPECT_EQ(report.findings[499].file, "file 0");
    EXPECT_EQ(report.findings[500].file, "file 1") << "at most 500 of one file";
}

TEST(Judge, ByProfile_TakesSeverityFromTheRow) {
    const Report report = judged({{general, always}}, Profile::lenient);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].severity, Severity::warning);
    EXPECT_TRUE(judged({{exact, always}}, Profile::lenient).findings.empty());
    EXPECT_EQ(judged({{general, always}}, Profile::edition_2021).counts.errors, 1U);
}

TEST(Judge, OfObservationWithSeverity_TakesThat) {
    const Report report = judged({{general, as_warning}});
    EXPECT_EQ(report.counts.warnings, 1U);
    EXPECT_EQ(report.verdict.conclusion, Conclusion::conforms);
}

TEST(Verdict, ByWhatBlocks_SaysWhoKnows) {
    EXPECT_EQ(judged({}).verdict.conclusion, Conclusion::conforms);
    EXPECT_EQ(judged({{general, always}}).verdict.conclusion, Conclusion::does_not_conform);
    EXPECT_EQ(judged({{exact, always}}).verdict.conclusion, Conclusion::inconclusive);
    EXPECT_EQ(judged({{outright, always}}).verdict.conclusion, Conclusion::does_not_conform);
    EXPECT_EQ(judged({{key_rule, always}}).verdict.conclusion, Conclusion::inconclusive);
    EXPECT_EQ(
        judged({{key_rule, always}, {outright, always}}).verdict.conclusion,
        Conclusion::does_not_conform
    );
    Report cut;
    cut.cut_short = "no key";
    EXPECT_EQ(verdict_of(cut).conclusion, Conclusion::inconclusive);
    EXPECT_EQ(exit_code_for(Conclusion::conforms), 0);
    EXPECT_EQ(exit_code_for(Conclusion::does_not_conform), 1);
    EXPECT_EQ(exit_code_for(Conclusion::inconclusive), 3);
}

Report judged_with(std::vector<Override> overrides, std::vector<CheckedRule<Nothing>> family) {
    Report report;
    report.overrides = std::move(overrides);
    Judge judge(report, Profile::strict);
    judge.run<Nothing>(family, {}, "a.pat");
    report.verdict = verdict_of(report);
    return report;
}

TEST(Overrides, OfSeverity_ChangeFindingAndVerdict) {
    using enum Severity;
    const auto gone = judged_with({{"A-01", error, Severity::off}}, {{general, always}});
    EXPECT_TRUE(gone.findings.empty());
    EXPECT_EQ(gone.verdict.conclusion, Conclusion::conforms);
    EXPECT_NE(gone.verdict.reason.find("1 severity was overridden"), std::string::npos);
    const auto down = judged_with({{"A-01", error, info}}, {{general, always}});
    EXPECT_EQ(down.counts.infos, 1U);
    EXPECT_EQ(down.verdict.conclusion, Conclusion::conforms);
    const auto up = judged_with({{"A-01", error, error}}, {{general, as_warning}});
    EXPECT_EQ(up.counts.errors, 1U);
    EXPECT_EQ(up.verdict.conclusion, Conclusion::does_not_conform);
    const auto other = judged_with({{"A-09", error, Severity::off}}, {{general, always}});
    EXPECT_EQ(other.verdict.conclusion, Conclusion::does_not_conform);
}

TEST(Overrides, OfRuleThatBlocksOutright_LeaveTheVerdictOpen) {
    const auto silenced =
        judged_with({{"A-04", Severity::error, Severity::off}}, {{outright, always}});
    EXPECT_TRUE(silenced.findings.empty());
    EXPECT_EQ(silenced.counts.muted, 1U);
    EXPECT_EQ(silenced.verdict.conclusion, Conclusion::inconclusive);
    const auto unbroken = judged_with({{"A-04", Severity::error, Severity::off}}, {});
    EXPECT_EQ(unbroken.verdict.conclusion, Conclusion::conforms);
}

TEST(Verdict, OfOutrightErrorByInference_DoesNotNameNhn) {
    EXPECT_EQ(judged({{outright, always}}).verdict.reason.find("NHN"), std::string::npos);
    EXPECT_NE(judged({{general, always}}).verdict.reason.find("NHN"), std::string::npos);
}

TEST(Rule, ByItsSources_HasACertainty) {
    EXPECT_EQ(key_rule.certainty(), Certainty::sure);
    EXPECT_EQ(general.certainty(), Certainty::likely);
    EXPECT_EQ(exact.certainty(), Certainty::open);
    EXPECT_EQ(describe(general.sources), "page text, inference");
}

}  // namespace
}  // namespace sfmkit::findings
