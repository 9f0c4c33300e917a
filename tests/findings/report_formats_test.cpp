#include "findings/report_formats.hpp"

#include "findings/html_page.hpp"
#include "findings/judge.hpp"
#include "findings/markup.hpp"
#include "platform/openssl.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <pugixml.hpp>

namespace sfmkit::findings {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Rule broken_block{
    .id = "ENV-09",
    .strict = Severity::error,
    .lenient = Severity::error,
    .stage = Stage::envelope,
    .title = "the ciphertext is whole & <nothing> follows",
    .sources = Source::sample_code,
    .remedy = "Flush the last block before you close the stream.",
};
constexpr Rule odd_name{
    .id = "ZIP-07",
    .strict = Severity::warning,
    .lenient = Severity::off,
    .stage = Stage::archive,
    .title = "names in the archive are those of the format",
    .sources = Source::inference,
    .remedy = "Name it as the format does.",
};
constexpr Rule kept_rule{
    .id = "DIR-02",
    .strict = Severity::error,
    .lenient = Severity::error,
    .stage = Stage::folder,
    .title = "there is an index",
    .sources = Source::page_text,
    .remedy = "Write it.",
};
constexpr Rule unchecked_rule{
    .id = "ENV-19",
    .strict = Severity::error,
    .lenient = Severity::error,
    .stage = Stage::envelope,
    .title = "the key is wrapped for the recipient",
    .sources = Source::page_text,
    .remedy = "Take the certificate of the recipient.",
};

/// Names that a careless report would run, draw or break at.
const std::vector<std::string> hostile = {
    "<script>alert(1)</script>.pat",
    "\"' onmouseover=alert(1) x='.pat",
    "]]>--><!--&amp;&#x41;.pat",
    "a|b`c`*d*_e_[f](javascript:alert(1))![g](h).pat",
    "bell\x07null\x01"
    "esc\x1B[31m.pat",
    "bidi\xE2\x80\xAEtap.exe",
    "no utf8 \xE5\xFF.pat",
    "line\nbreak\r\n# heading\n| cell.pat",
    "{{template}} ${x} %s www.example.test https://example.test",
};

Report hostile_report() {
    Report report;
    report.version = "0.0.0";
    report.ruleset = "test-1";
    report.target = "export <b>&\"'";
    report.rules = {&kept_rule, &broken_block, &unchecked_rule, &odd_name};
    report.started = std::chrono::sys_days(std::chrono::November / 22 / 2026);
    report.overrides = {{"DIR-09", Severity::error, Severity::warning}};
    for (const std::string& text : hostile) {
        report.findings.push_back(
            {.rule = "ENV-09",
             .file = text,
             .place = {.byte_offset = 42, .entry = text, .line = 1, .column = 7, .xpath = text},
             .expected = text,
             .actual = text,
             .message = text,
             .likely_cause = text}
        );
    }
    report.findings.push_back(
        {.rule = "ZIP-07",
         .severity = Severity::warning,
         .file = "Patients0/needle.pat",
         .message = "differs"}
    );
    const auto errors = static_cast<std::uint64_t>(hostile.size());
    report.broken_rules = {
        {.rule = &broken_block, .errors = errors + 700, .listed = errors},
        {.rule = &odd_name, .warnings = 1, .listed = 1},
    };
    report.counts = {.errors = errors + 700, .warnings = 1, .not_listed = 700};
    report.counts.blocked_by_published_source = errors + 700;
    report.not_reached = {{.what = "document", .reason = "cannot be read", .file = hostile[0]}};
    report.not_checked = {{.what = "ENV-19", .reason = "no certificate was given (--cert FILE)"}};
    report.inputs = {.files = 1, .bytes = 3, .sha256 = std::string(64, 'a')};
    report.inputs.listed = {{.file = hostile[0], .bytes = 3, .sha256 = std::string(64, 'b')}};
    report.verdict = verdict_of(report);
    return report;
}

TEST(JunitReport, OfHostileTexts_IsXmlWithOneCaseForEachRule) {
    const std::string text = junit_report(hostile_report());
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(text.c_str()));
    const auto state_of = [&](const char* rule) -> std::string {
        for (const auto& found : document.select_nodes("//testcase")) {
            const std::string_view name = found.node().attribute("name").value();
            if (name.starts_with(rule)) return found.node().first_child().name();
        }
        return "missing";
    };
    EXPECT_EQ(state_of("verdict"), "failure");
    EXPECT_EQ(state_of("DIR-02"), "");
    EXPECT_EQ(state_of("ENV-09"), "failure");
    EXPECT_EQ(state_of("ENV-19"), "skipped");
    EXPECT_EQ(state_of("ZIP-07"), "system-out");
    EXPECT_THAT(text, HasSubstr("broken 709 times"));
    EXPECT_THAT(text, Not(HasSubstr("\x07")));
}

TEST(SarifReport, OfFindingInEntry_GivesNoPlaceInTheEncryptedFile) {
    Report report = hostile_report();
    report.findings[1].place = {.byte_offset = 42, .xpath = "/A/B[2]"};
    report.findings[2].place = {.line = 3, .column = 4};
    const auto log = nlohmann::json::parse(sarif_report(report));
    const auto& run = log.at("runs").at(0);
    const auto place = [&](std::size_t at) {
        return run.at("results").at(at).at("locations").at(0);
    };
    EXPECT_FALSE(place(0).at("physicalLocation").contains("region"));
    EXPECT_EQ(place(1).at("physicalLocation").at("region").at("byteOffset"), 42);
    EXPECT_EQ(place(1).at("logicalLocations").at(0).at("fullyQualifiedName"), "/A/B[2]");
    EXPECT_EQ(place(2).at("physicalLocation").at("region").at("startLine"), 3);
    EXPECT_EQ(run.at("invocations").at(0).at("exitCode"), 1);
    const auto& rules = run.at("tool").at("driver").at("rules");
    for (const auto& result : run.at("results")) {
        EXPECT_EQ(
            rules.at(result.at("ruleIndex").get<std::size_t>()).at("id"), result.at("ruleId")
        );
    }
}

TEST(EveryReport, OfAnyRun_NamesWhatItIsAbout) {
    const Report report = hostile_report();
    for (const ReportFormat& format : report_formats()) {
        const std::string text = format.write(report, {});
        for (const std::string& fact :
             {std::string(report.version),
              report.ruleset,
              std::string("strict"),
              report.inputs.sha256,
              std::string("700"),
              std::string("no certificate was given"),
              std::string("cannot be read"),
              std::string("DIR-09")}) {
            EXPECT_THAT(text, HasSubstr(fact)) << format.name;
        }
    }
}

TEST(EscapedXml, OfTextsThatXmlForbids_ReplacesThem) {
    EXPECT_EQ(escaped_xml("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
    const std::string replacement = "\xEF\xBF\xBD";
    EXPECT_EQ(escaped_xml("\x01"), replacement);
    EXPECT_EQ(escaped_xml("\xEF\xBF\xBF"), replacement);  // U+FFFF
    EXPECT_EQ(escaped_xml("\xE2\x80\xAE"), replacement);  // U+202E
    EXPECT_EQ(escaped_xml("\xED\xA0\x80"), replacement + replacement + replacement);
    EXPECT_EQ(escaped_xml("\xC3\xA5\xF0\x9F\x98\x80"), "\xC3\xA5\xF0\x9F\x98\x80");
}

TEST(HtmlReport, Policy_NamesTheDigestsOfItsStyleAndScript) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    for (const std::string_view text : {html_style(), html_script()}) {
        const auto digest = platform::digest_of(*algorithms.sha256, platform::as_bytes(text));
        std::string base64(44, '\0');
        EVP_EncodeBlock(
            reinterpret_cast<unsigned char*>(base64.data()),
            reinterpret_cast<const unsigned char*>(digest.data()),
            static_cast<int>(digest.size())
        );
        EXPECT_THAT(html_policy(), HasSubstr("'sha256-" + base64 + "'"));
    }
}

TEST(HtmlReport, OfHundredThousandFindings_StaysSmallAndCountsThemAll) {
    Report report = hostile_report();
    report.findings.assign(
        100'000, {.rule = "ENV-09", .file = "Patients0/a.pat", .message = "differs"}
    );
    report.broken_rules[0].errors = 100'000;
    const std::string text = html_report(report);
    EXPECT_LT(text.size(), 2'000'000U);
    EXPECT_THAT(text, HasSubstr("100000 errors"));
    EXPECT_THAT(text, HasSubstr("and 99800 more of 100000"));
}

/// Tells of any change, for somebody to look at what it does to readers; that the texts are right
/// is what the readers from outside say below. After a change on purpose, copy test-output/reports.
TEST(EveryReport, OfHostileTexts_IsAsItWasWhenLastLookedAt) {
    const Report report = hostile_report();
    const auto written = test::build_folder() / "test-output" / "reports";
    std::filesystem::create_directories(written);
    for (const ReportFormat& format : report_formats()) {
        const std::string name = "golden." + std::string(format.name);
        const std::string text = format.write(report, {});
        test::write_file(written / name, text);
        const auto golden = test::source_folder() / "tests" / "findings" / "golden" / name;
        EXPECT_TRUE(test::read_file(golden) == text) << "differs from " << golden;
    }
}

/// What readers from outside saw in the reports; null where they cannot be had.
nlohmann::json seen_by_others(const std::filesystem::path& folder) {
    const auto source = test::source_folder() / "tests" / "interop" / "reports";
    const auto target = test::build_folder() / "interop" / "reports";
    std::filesystem::create_directories(target);
    const bool installed =
        std::filesystem::exists(target / "node_modules" / "marked" / "package.json") &&
        test::read_file(source / "package-lock.json") ==
            test::read_file(target / "package-lock.json");
    for (const char* name : {"package.json", "package-lock.json", ".npmrc", "check_reports.mjs"}) {
        const auto overwrite = std::filesystem::copy_options::overwrite_existing;
        std::filesystem::copy_file(source / name, target / name, overwrite);
    }
    if (!installed &&
        test::run_program("npm", {"ci", "--prefix", target.string()}).exit_code != 0) {
        return nullptr;
    }
    std::vector<std::string> arguments = {(target / "check_reports.mjs").string(), folder.string()};
    if (const auto browser = test::find_program("chromium")) arguments.push_back(browser->string());
    const auto run = test::run_program("node", arguments);
    EXPECT_EQ(run.exit_code, 0) << run.output;
    const std::size_t begin = run.output.rfind("{\"sarif\"");
    return nlohmann::json::parse(begin == std::string::npos ? "null" : run.output.substr(begin));
}

void expect_browser(const nlohmann::json& browser, std::size_t listed) {
    EXPECT_THAT(browser.at("complaints"), IsEmpty()) << browser;
    EXPECT_EQ(browser.at("dialogs"), 0);
    for (const std::string url : browser.at("requests")) {
        EXPECT_THAT(url, testing::StartsWith("file:"));
    }
    EXPECT_NE(browser.at("light"), browser.at("dark"));
    EXPECT_EQ(browser.at("listed"), listed);
    EXPECT_EQ(browser.at("filtered"), 1);
    EXPECT_EQ(browser.at("warnings"), 1);
    EXPECT_EQ(browser.at("again"), listed);
    EXPECT_EQ(browser.at("narrow"), true);
    EXPECT_EQ(browser.at("withoutScript"), listed);
    EXPECT_EQ(browser.at("filterWithoutScript"), true);
}

TEST(ReportsReadByOthers, OfHostileTexts_AreWellFormedAndPlain) {
    if (!test::find_program("node") || !test::find_program("npm")) {
        SFM_SKIP_OR_FAIL("Node.js with npm is not installed");
    }
    const Report report = hostile_report();
    const auto folder = test::build_folder() / "test-output" / "reports";
    std::filesystem::create_directories(folder);
    test::write_file(folder / "report.sarif", sarif_report(report));
    test::write_file(folder / "report.xml", junit_report(report));
    test::write_file(folder / "report.md", markdown_report(report));
    test::write_file(folder / "report.html", html_report(report));
    const auto seen = seen_by_others(folder);
    if (seen.is_null()) SFM_SKIP_OR_FAIL("npm ci could not install the readers");
    EXPECT_THAT(seen.at("sarif"), IsEmpty()) << seen.at("sarif");
    EXPECT_EQ(seen.at("junit").at("tests"), 5);
    EXPECT_EQ(seen.at("junit").at("cases").size(), 5U);
    EXPECT_EQ(seen.at("junit").at("failures"), 2);
    EXPECT_THAT(seen.at("markdown").at("html"), IsEmpty()) << seen.at("markdown");
    EXPECT_THAT(seen.at("markdown").at("kinds"), IsEmpty()) << seen.at("markdown");
    ASSERT_EQ(seen.at("markdown").at("widths").size(), 5U);
    for (const auto& table : seen.at("markdown").at("widths"))
        EXPECT_THAT(table, Each(table.at(0)));
    EXPECT_EQ(seen.at("markdown").at("widths").at(2).size(), hostile.size() + 1);
    EXPECT_THAT(seen.at("html"), IsEmpty()) << seen.at("html");
    if (!seen.contains("browser")) SFM_SKIP_OR_FAIL("Chromium is not installed");
    expect_browser(seen.at("browser"), report.findings.size());
}

}  // namespace
}  // namespace sfmkit::findings
