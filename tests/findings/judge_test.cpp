#include "findings/judge.hpp"

#include "findings/printable.hpp"

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
    report.verdict = verdict_of(report.counts, report.cut_short);
    return report;
}

TEST(Judge, OfSupersededFinding_KeepsTheExactOne) {
    const Report report = judged({{general, always}, {exact, always}});
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].rule, "A-02");
    EXPECT_EQ(report.counts.errors, 1U);
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
    EXPECT_EQ(verdict_of({}, "no key").conclusion, Conclusion::inconclusive);
    EXPECT_EQ(exit_code_for(Conclusion::conforms), 0);
    EXPECT_EQ(exit_code_for(Conclusion::does_not_conform), 1);
    EXPECT_EQ(exit_code_for(Conclusion::inconclusive), 3);
}

TEST(Rule, ByItsSources_HasACertainty) {
    EXPECT_EQ(key_rule.certainty(), Certainty::sure);
    EXPECT_EQ(general.certainty(), Certainty::likely);
    EXPECT_EQ(exact.certainty(), Certainty::open);
    EXPECT_EQ(describe(general.sources), "page text, inference");
}

// RFC 3629 section 3 and 10: overlong forms, surrogates and values beyond U+10FFFF are no UTF-8.
TEST(Printable, OfHostileText_HasNothingThatATerminalObeys) {
    EXPECT_EQ(printable("bl\xC3\xA5 \xE2\x82\xAC"), "bl\xC3\xA5 \xE2\x82\xAC");
    EXPECT_EQ(printable("a\x1B[2Jb\n"), "a\\x1b[2Jb\\x0a");
    EXPECT_EQ(printable("\xC2\x9B"), "\\xc2\\x9b");
    EXPECT_EQ(printable("\xE5"), "\\xe5");
    EXPECT_EQ(printable("\xC0\xAF"), "\\xc0\\xaf");
    EXPECT_EQ(printable(std::string(500, 'x'), 10), "xxxxxxxxxx…");
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));
    EXPECT_TRUE(is_utf8("\xF0\x9F\x98\x80"));
}

}  // namespace
}  // namespace sfmkit::findings
