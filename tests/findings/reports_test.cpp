#include "findings/judge.hpp"
#include "findings/report_formats.hpp"
#include "findings/screen.hpp"
#include "tests/support/json_shape.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <sstream>

namespace sfmkit::findings {
namespace {

using testing::HasSubstr;
using testing::Not;
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
    report.inputs = {
        .files = 1,
        .bytes = 3,
        .sha256 = std::string(64, 'a'),
        .listed = {{.file = "Patients0/a.pat", .bytes = 3, .sha256 = std::string(64, 'b')}},
    };
    report.verdict = verdict_of(report);
    return report;
}

const Place somewhere{
    .byte_offset = 42, .entry = "PatientData.xml", .line = 1, .column = 7, .xpath = "/A/B[2]"
};

TEST(TextReport, OfBrokenRule_BeginsWithVerdictAndEndsWithNextStep) {
    const std::string text = text_report(judged(broken_block, Profile::strict, {somewhere}));
    EXPECT_THAT(text, StartsWith("DOES NOT CONFORM: export ("));
    EXPECT_THAT(text, HasSubstr("\nerror, broken once: the ciphertext is whole [ENV-09]\n"));
    EXPECT_THAT(
        text, HasSubstr("Patients0/a.pat: PatientData.xml, byte 42, line 1 column 7, /A/B[2]")
    );
    EXPECT_THAT(text, HasSubstr("fix: flush the last block"));
    EXPECT_THAT(text, HasSubstr("document: the file cannot be decrypted (2 files)"));
    EXPECT_THAT(text, HasSubstr("next: fix ENV-09"));
}

std::size_t shown_in(const std::string& text) {
    std::size_t shown = 0;
    for (std::size_t at = text.find("\n    at "); at != std::string::npos; ++shown) {
        at = text.find("\n    at ", at + 1);
    }
    return shown;
}

TEST(TextReport, OfManyFindings_ShowsSomeAndCountsTheRest) {
    const std::string text =
        text_report(judged(broken_block, Profile::strict, std::vector<Place>(30, somewhere)));
    EXPECT_THAT(text, HasSubstr("error, broken 30 times: "));
    EXPECT_THAT(text, HasSubstr("and 10 more of 30\n"));
    EXPECT_EQ(shown_in(text), 20U);
}

TEST(TextReport, WithOtherLimit_ShowsThatMany) {
    const Report report = judged(broken_block, Profile::strict, std::vector<Place>(30, somewhere));
    EXPECT_EQ(shown_in(text_report(report, {.max_per_rule = 3})), 3U);
    EXPECT_THAT(text_report(report, {.max_per_rule = 3}), HasSubstr("and 27 more of 30\n"));
    EXPECT_EQ(shown_in(text_report(report, {.max_per_rule = 0})), 30U);
    EXPECT_THAT(text_report(report, {.max_per_rule = 0}), Not(HasSubstr(" more of ")));
}

TEST(TextReport, OfMoreThanIsListed_CountsThemAll) {
    const Report report = judged(broken_block, Profile::strict, std::vector<Place>(700, somewhere));
    const std::string text = text_report(report, {.max_per_rule = 0});
    EXPECT_THAT(text, HasSubstr("error, broken 700 times: "));
    EXPECT_THAT(text, HasSubstr("and 200 more of 700\n"));
}

TEST(Reports, OfOverriddenSeverity_AllSaySo) {
    Report report = judged(broken_block, Profile::strict, {somewhere});
    report.overrides = {{"ENV-09", Severity::warning, Severity::error}};
    report.verdict = verdict_of(report);
    EXPECT_THAT(text_report(report), HasSubstr("\n    ENV-09: error instead of warning\n"));
    for (const std::string& text : {text_report(report), screen_text(report, {})}) {
        EXPECT_THAT(text.substr(0, text.find('\n')), HasSubstr("1 severity was overridden"));
    }
    const auto json = nlohmann::json::parse(json_report(report));
    EXPECT_EQ(json.at("overrides").at(0).at("by_profile"), "warning");
    const std::string lines = ndjson_report(report);
    const auto run = nlohmann::json::parse(lines.substr(0, lines.find('\n')));
    EXPECT_EQ(run.at("overrides"), json.at("overrides"));
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

TEST(JsonReport, OfManyFindings_TellsTheTrueNumberOfEachRule) {
    const auto json = nlohmann::json::parse(
        json_report(judged(broken_block, Profile::strict, std::vector<Place>(700, somewhere)))
    );
    const auto& rule = json.at("broken_rules").at(0);
    EXPECT_EQ(rule.at("rule"), "ENV-09");
    EXPECT_EQ(rule.at("error"), 700);
    EXPECT_EQ(rule.at("listed"), json.at("findings").size());
    EXPECT_EQ(json.at("counts").at("not_listed"), 200);
}

TEST(NdjsonReport, OfAnyReport_KeepsThePublishedSchemaLineByLine) {
    const auto published =
        nlohmann::json::parse(test::read_file(test::source_folder() / "docs" / "ndjson.schema.json")
        );
    std::map<std::string, nlohmann::json> schemas;
    for (const auto& schema : published.at("oneOf")) {
        schemas[schema.at("properties").at("line").at("enum").at(0)] = schema;
    }
    Report report = judged(broken_block, Profile::strict, std::vector<Place>(3, somewhere));
    report.overrides = {{"ENV-09", Severity::warning, Severity::error}};
    report.findings.back().likely_cause = "a guess";
    report.not_reached.back().superseded_by = "ENV-18";
    std::istringstream lines(ndjson_report(report));
    std::vector<std::string> kinds;
    for (std::string line; std::getline(lines, line);) {
        const auto json = nlohmann::json::parse(line);
        kinds.push_back(json.at("line"));
        EXPECT_THAT(test::breaches_of_schema(json, schemas.at(kinds.back())), testing::IsEmpty());
    }
    EXPECT_THAT(kinds, testing::ElementsAre("run", "finding", "finding", "finding", "end"));
}

TEST(NdjsonReport, PutTogether_SaysWhatJsonSays) {
    const Report report = judged(odd_name, Profile::strict, {somewhere, Place{}});
    auto json = nlohmann::json::parse(json_report(report));
    nlohmann::json whole = {{"findings", nlohmann::json::array()}};
    std::istringstream lines(ndjson_report(report));
    for (std::string text; std::getline(lines, text);) {
        auto line = nlohmann::json::parse(text);
        const std::string kind = line.at("line");
        line.erase("line");
        if (kind == "finding") {
            whole.at("findings").push_back(line);
        } else {
            whole.update(line);
        }
    }
    EXPECT_EQ(whole, json);
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
