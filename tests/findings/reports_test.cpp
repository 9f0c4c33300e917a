#include "findings/judge.hpp"
#include "findings/report_formats.hpp"
#include "tests/support/json_shape.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sfmkit::findings {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr Rule broken_block{
    .id = "ENV-09",
    .strict = Severity::error,
    .lenient = Severity::error,
    .stage = Stage::envelope,
    .title = "the ciphertext is whole",
    .sources = Source::sample_code,
    .remedy = "flush the last block",
};
constexpr Rule odd_name{
    .id = "ZIP-07",
    .strict = Severity::error,
    .lenient = Severity::off,
    .stage = Stage::archive,
    .title = "names differ",
    .sources = Source::inference,
    .remedy = "rename",
};

struct Facts {
    std::vector<Place> places;
};

void report_each(const Facts& facts, const RuleReporter& broken) {
    for (const Place& place : facts.places) {
        broken.found({.place = place, .expected = "a", .actual = "b", .message = "differs"});
    }
}

Report judged(const Rule& rule, Profile profile, const std::vector<Place>& places) {
    Report report;
    report.profile = profile;
    report.ruleset = "test-1";
    report.target = "export";
    report.started =
        std::chrono::sys_days(std::chrono::November / 22 / 2026) + std::chrono::milliseconds(1042);
    Judge judge(report, profile);
    // The report keeps pointers to rows, so these live as long as the program.
    static const CheckedRule<Facts> families[] = {
        {broken_block, report_each}, {odd_name, report_each}
    };
    const auto family = std::span(families).subspan(rule.id == odd_name.id ? 1 : 0, 1);
    judge.run<Facts>(family, {places}, "Patients0/a.pat");
    judge.not_reached("document", "the file cannot be decrypted", "Patients0/a.pat");
    judge.not_reached("document", "the file cannot be decrypted", "Patients0/b.pat");
    judge.not_checked("ENV-19", "no certificate was given", "");
    report.verdict = verdict_of(report);
    return report;
}

const Place somewhere{
    .byte_offset = 42, .entry = "PatientData.xml", .line = 1, .column = 7, .xpath = "/A/B[2]"
};

TEST(TextReport, OfBrokenRule_BeginsWithVerdictAndEndsWithNextStep) {
    const std::string text = text_report(judged(broken_block, Profile::strict, {somewhere}));
    EXPECT_THAT(text, StartsWith("DOES NOT CONFORM: export ("));
    EXPECT_THAT(text, HasSubstr("error ENV-09 (1): the ciphertext is whole"));
    EXPECT_THAT(
        text, HasSubstr("Patients0/a.pat: PatientData.xml, byte 42, line 1 column 7, /A/B[2]")
    );
    EXPECT_THAT(text, HasSubstr("fix: flush the last block"));
    EXPECT_THAT(text, HasSubstr("document: the file cannot be decrypted (2 files)"));
    EXPECT_THAT(text, HasSubstr("next: fix ENV-09"));
}

TEST(TextReport, OfManyFindings_ShowsSomeAndCountsTheRest) {
    const std::string text =
        text_report(judged(broken_block, Profile::strict, std::vector<Place>(30, somewhere)));
    EXPECT_THAT(text, HasSubstr("error ENV-09 (30)"));
    EXPECT_THAT(text, HasSubstr("and 25 more"));
}

TEST(JsonReport, OfAnyReport_KeepsThePublishedSchema) {
    const auto schema =
        nlohmann::json::parse(test::read_file(test::source_folder() / "docs" / "report.schema.json")
        );
    for (const Rule* rule : {&broken_block, &odd_name}) {
        for (const auto& places : {std::vector<Place>{}, {somewhere}, {Place{}}}) {
            const auto report = judged(*rule, Profile::strict, places);
            const auto json = nlohmann::json::parse(json_report(report));
            EXPECT_THAT(test::breaches_of_schema(json, schema), testing::IsEmpty());
            EXPECT_EQ(json.at("findings").size(), places.size());
        }
    }
}

TEST(JsonReport, OfFinding_HoldsItsPlace) {
    const auto json =
        nlohmann::json::parse(json_report(judged(broken_block, Profile::strict, {somewhere})));
    EXPECT_EQ(json.at("started"), "2026-11-22T00:00:01.042Z");
    EXPECT_EQ(json.at("seed"), nullptr);
    EXPECT_EQ(json.at("verdict").at("conclusion"), "does not conform");
    const auto& place = json.at("findings").at(0).at("place");
    EXPECT_EQ(place.at("byte_offset"), 42);
    EXPECT_EQ(place.at("xpath"), "/A/B[2]");
    EXPECT_EQ(json.at("not_reached").at(0).at("files"), 2);
}

TEST(JsonReport, OfTargetThatIsNoUtf8_IsStillJson) {
    Report report = judged(broken_block, Profile::strict, {});
    report.target = "export\xE5";
    EXPECT_TRUE(nlohmann::json::accept(json_report(report)));
}

TEST(ReportFormats, ByName_AreFoundOnce) {
    for (const ReportFormat& format : report_formats()) {
        EXPECT_EQ(report_format_named(format.name), &format);
    }
    EXPECT_EQ(report_format_named("pdf"), nullptr);
}

}  // namespace
}  // namespace sfmkit::findings
