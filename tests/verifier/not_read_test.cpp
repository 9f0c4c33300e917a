#include "findings/judge.hpp"
#include "findings/report_formats.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/rules/zip_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace sfmkit {
namespace {

using findings::Conclusion;

findings::Report lenient_report(const std::function<void(fixtures::ExportRecipe&)>& edit) {
    test::RecipeWorld world;
    fixtures::ExportRecipe recipe = test::sample_export();
    edit(recipe);
    return world.verify(recipe, findings::Profile::lenient);
}

TEST(LenientVerdict, OnRightExport_IsThatItConforms) {
    const auto report = lenient_report([](fixtures::ExportRecipe&) {});
    EXPECT_EQ(report.verdict.conclusion, Conclusion::conforms) << report.verdict.reason;
}

TEST(LenientVerdict, OnDocumentBeyondTheLimit_IsInconclusiveAndSaysSo) {
    const auto report = lenient_report([](fixtures::ExportRecipe& recipe) {
        recipe.message().content = "<a>" + std::string(8'000'000, ' ') + "</a>";
    });
    EXPECT_EQ(report.verdict.conclusion, Conclusion::inconclusive);
    EXPECT_NE(report.verdict.reason.find("expands beyond a limit"), std::string::npos)
        << report.verdict.reason;
}

TEST(LenientVerdict, OnDocumentOfAnotherMethod_IsInconclusiveAndAsksForNoKey) {
    const auto report = lenient_report([](fixtures::ExportRecipe& recipe) {
        recipe.patient_document().method = 12;
    });
    EXPECT_EQ(report.verdict.conclusion, Conclusion::inconclusive);
    EXPECT_NE(report.verdict.reason.find("cannot be inflated"), std::string::npos)
        << report.verdict.reason;
    const std::string text = findings::text_report(report);
    EXPECT_EQ(text.find("next: sfmkit verify"), std::string::npos) << text;
    EXPECT_NE(text.find("next: see to what was not reached"), std::string::npos) << text;
}

/// What told the mistake in place of the rules about Index.txt; empty when they were reached.
std::string index_superseded_by(const findings::Report& report) {
    for (const findings::Gap& gap : report.not_reached) {
        if (gap.what == "IDX-01 to IDX-12") return gap.superseded_by;
    }
    return {};
}

TEST(IndexRules, WithoutIndex_AreToldAsNotReached) {
    test::RecipeWorld world;
    fixtures::ExportRecipe recipe = test::sample_export();
    EXPECT_EQ(index_superseded_by(world.verify(recipe)), "");
    recipe.index_path = "";
    EXPECT_EQ(index_superseded_by(world.verify(recipe)), "DIR-02");
    recipe.links["Index.txt"] = "elsewhere";
    EXPECT_EQ(index_superseded_by(world.verify(recipe)), "DIR-15");
}

TEST(FolderInOtherLetters, WithRightLinesInTheIndex_IsToldOnce) {
    test::RecipeWorld world;
    fixtures::ExportRecipe recipe = test::sample_export();
    recipe.patient_path.replace(0, 1, "p");
    std::set<std::string> rules;
    for (const auto& finding : world.verify(recipe).findings) rules.insert(finding.rule);
    EXPECT_TRUE(rules.contains("DIR-03"));
    EXPECT_FALSE(rules.contains("IDX-01"));
}

TEST(TextReport, OfRunWithoutKey_AsksForTheKey) {
    findings::Report report;
    report.cut_short = "no private key was given";
    report.key_missing = true;
    report.target = "export";
    report.verdict = findings::verdict_of(report);
    EXPECT_NE(
        findings::text_report(report).find("next: sfmkit verify export --key"), std::string::npos
    );
}

/// Whether ZIP-16 is found in an archive of 2021-11-24 that lies in an export of another day.
bool has_time_finding(verifier::FileKind kind, std::uint16_t dos_date, int export_year) {
    verifier::ZipDirectory directory;
    verifier::ZipEntry entry;
    entry.name = "a.xml";
    entry.dos_date = dos_date;
    directory.entries.push_back(entry);
    verifier::ArchiveFacts facts;
    facts.directory = &directory;
    facts.kind = kind;
    facts.now =
        platform::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1).time_since_epoch()
        );
    facts.export_began = std::chrono::sys_days(std::chrono::year(export_year) / 5 / 1);
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    judge.run(verifier::zip_rules(), facts, "");
    return std::ranges::find(report.findings, "ZIP-16", &findings::Finding::rule) !=
           report.findings.end();
}

TEST(ArchiveTime, OfReport_IsJudgedOnlyWhenItLiesInTheFuture) {
    using enum verifier::FileKind;
    constexpr std::uint16_t in_2021 = 0x5378;
    constexpr std::uint16_t not_set = 0x21;
    constexpr std::uint16_t in_2059 = 0x9E21;
    EXPECT_TRUE(has_time_finding(patient, in_2021, 2024));
    EXPECT_FALSE(has_time_finding(report, in_2021, 2024));
    EXPECT_TRUE(has_time_finding(patient, not_set, 2021));
    EXPECT_FALSE(has_time_finding(report, not_set, 2021));
    EXPECT_TRUE(has_time_finding(report, in_2059, 2059));
}

}  // namespace
}  // namespace sfmkit
