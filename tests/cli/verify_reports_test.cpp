#include "cli/verify_reports.hpp"

#include "platform/keys.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/forwarding_files.hpp"
#include "tests/support/reference.hpp"
#include "verifier/verify_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <map>
#include <sstream>

namespace sfmkit {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Keeps what another file holds at the moment in which one is opened.
class WatchingFiles final : public test::ForwardingFiles {
  public:
    WatchingFiles(platform::Files& files, std::filesystem::path opened, std::string watched)
        : ForwardingFiles(files), opened_(std::move(opened)), watched_(std::move(watched)) {}
    platform::Result<std::unique_ptr<platform::ReadableFile>> open_for_reading(
        const std::filesystem::path& path
    ) override {
        if (path == opened_ && seen.empty()) seen = test::read_file(watched_);
        return ForwardingFiles::open_for_reading(path);
    }
    std::string seen;

  private:
    std::filesystem::path opened_;
    std::string watched_;
};

std::vector<nlohmann::json> parsed_lines(const std::string& text) {
    std::vector<nlohmann::json> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(nlohmann::json::parse(line));
    }
    return lines;
}

class VerifyReports : public testing::Test {
  protected:
    test::ProgramRun verify(const std::vector<std::string>& further) {
        std::vector<std::string> arguments = {
            "verify", exported_.folder(), "--key", exported_.key()
        };
        arguments.insert(arguments.end(), further.begin(), further.end());
        return test::run_sfmkit(arguments);
    }

    /// The path of a file with this content.
    std::string file(const std::string& name, const std::string& content) {
        test::write_file(exported_.path(name), content);
        return exported_.path(name);
    }

    test::SealedExport exported_;
};

// ExportData.dat is judged first and is no envelope; the patient file is opened after that.
TEST_F(VerifyReports, AsNdjson_AreThereBeforeTheNextFileIsOpened) {
    test::write_file(exported_.organisation_file(), "PK\x03\x04 and so on");
    platform::SystemFiles system;
    const std::string report = exported_.path("report.ndjson");
    WatchingFiles files(system, exported_.patient_file(), report);
    test::FixedClock clock(platform::WallTime{});
    platform::SystemRandom random;
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    std::ostringstream output;
    std::ostringstream error;
    cli::World world{files, clock, random, algorithms, output, error};
    const auto requested = cli::parse_report("ndjson=" + report);
    const auto to_output = cli::parse_report("ndjson=-");
    ASSERT_TRUE(requested && to_output);
    auto reports = cli::VerifyReports::create({*requested, *to_output}, world);
    ASSERT_TRUE(reports);
    verifier::VerifyOptions options;
    options.observer = reports->get();
    const auto result =
        verifier::verify_path({files, clock, algorithms}, exported_.folder(), options);
    ASSERT_TRUE(result);
    ASSERT_TRUE((*reports)->finish(*result, {}));

    const auto early = parsed_lines(files.seen);
    ASSERT_EQ(early.size(), 2U) << files.seen;
    EXPECT_EQ(early[0].at("line"), "run");
    EXPECT_EQ(early[1].at("rule"), "ENV-20");
    const std::string whole = test::read_file(report);
    EXPECT_THAT(whole, StartsWith(files.seen));
    EXPECT_EQ(parsed_lines(whole).back().at("line"), "end");
    EXPECT_EQ(output.str(), whole);
    EXPECT_EQ(whole, findings::ndjson_report(*result));
}

TEST_F(VerifyReports, AsNdjsonOnTheOutput_LeaveItPure) {
    const auto run = test::run_program(
        "sh",
        {"-c",
         "'" + (test::build_folder() / "sfmkit").string() + "' verify '" + exported_.folder() +
             "' --key '" + exported_.key() + "' --report ndjson=- 2>/dev/null"}
    );
    EXPECT_EQ(run.exit_code, 0);
    const auto lines = parsed_lines(run.output);
    ASSERT_EQ(lines.size(), 2U) << run.output;
    EXPECT_EQ(lines[1].at("verdict").at("conclusion"), "conforms");
}

TEST_F(VerifyReports, OnAFullDisk_AreToldWithTheirPlace) {
    for (const findings::ReportFormat& format : findings::report_formats()) {
        SCOPED_TRACE(format.name);
        const auto run = verify({"--report", std::string(format.name) + "=/dev/full"});
        EXPECT_EQ(run.exit_code, 3) << run.output;
        EXPECT_THAT(run.output, HasSubstr("error: cannot write the file: /dev/full"));
        EXPECT_THAT(run.output, HasSubstr("[ERR-disk-full]"));
        const std::string twin = exported_.path(std::string(format.name));
        EXPECT_EQ(verify({"--report", std::string(format.name) + "=" + twin}).exit_code, 0);
        EXPECT_GT(std::filesystem::file_size(twin), 0U);
    }
}

TEST_F(VerifyReports, WhoseReaderHasGone_EndWith3AndNoSignal) {
    const std::string command =
        "\"$0\" verify \"$1\" --key \"$2\" --report \"$3=-\" | exec 0<&-; exit ${PIPESTATUS[0]}";
    const std::string reading =
        "\"$0\" verify \"$1\" --key \"$2\" --report \"$3=-\" | cat; exit ${PIPESTATUS[0]}";
    for (const findings::ReportFormat& format : findings::report_formats()) {
        SCOPED_TRACE(format.name);
        const auto run = [&](const std::string& script) {
            return test::run_program(
                "bash",
                {"-c",
                 script,
                 (test::build_folder() / "sfmkit").string(),
                 exported_.folder(),
                 exported_.key(),
                 std::string(format.name)}
            );
        };
        EXPECT_EQ(run(command).exit_code, 3);
        EXPECT_EQ(run(reading).exit_code, 0);
    }
}

/// Cases of a JUnit report, by the beginning of their name: how many are skipped and how many not.
std::map<std::string, std::pair<int, int>> cases_by_family(const std::string& file) {
    pugi::xml_document document;
    if (!document.load_file(file.c_str())) throw std::runtime_error("no XML: " + file);
    std::map<std::string, std::pair<int, int>> cases;
    for (const pugi::xpath_node& one : document.select_nodes("//testcase")) {
        const std::string name = one.node().attribute("name").value();
        auto& [skipped, judged] = cases[name.substr(0, name.find('-'))];
        ++(one.node().child("skipped") ? skipped : judged);
    }
    return cases;
}

// A rule that nobody asked is no rule that is kept.
TEST_F(VerifyReports, AsJUnitOfAnExportWithAFileThatCannotBeOpened_SkipItsRules) {
    const std::string junit = exported_.path("junit.xml");
    EXPECT_EQ(verify({"--report", "junit=" + junit}).exit_code, 0);
    const auto before = cases_by_family(junit);
    EXPECT_EQ(before.at("ORG").first, 0);
    EXPECT_EQ(before.at("PAT").first, 0);
    const int rules_about_organisations = before.at("ORG").second;
    EXPECT_GE(rules_about_organisations, 30);

    const std::string whole = test::read_file(exported_.organisation_file());
    test::write_file(exported_.organisation_file(), whole.substr(0, whole.size() - 8));
    EXPECT_EQ(verify({"--report", "junit=" + junit}).exit_code, 1);
    const auto without_organisation = cases_by_family(junit);
    EXPECT_EQ(without_organisation.at("ORG"), std::pair(rules_about_organisations, 0));
    // Those that compare with the organisation file, and no other.
    EXPECT_EQ(without_organisation.at("PAT").first, 6);
    EXPECT_GT(without_organisation.at("PAT").second, 30);

    test::write_file(exported_.organisation_file(), whole);
    test::write_file(exported_.patient_file(), test::read_file(exported_.patient_file()) + "x");
    EXPECT_EQ(verify({"--report", "junit=" + junit}).exit_code, 1);
    const auto without_patient = cases_by_family(junit);
    EXPECT_EQ(without_patient.at("ORG").first, 0);
    EXPECT_EQ(without_patient.at("TRT").second, 0);
    EXPECT_EQ(without_patient.at("MSG").second, 0);
}

TEST_F(VerifyReports, WithOverriddenSeverity_ChangeVerdictAndExitCode) {
    test::write_file(exported_.folder() + "/notes.md", "no part of the export");
    const auto before = verify({});
    EXPECT_EQ(before.exit_code, 0) << before.output;
    EXPECT_THAT(before.output, HasSubstr("warning, broken once: "));
    EXPECT_THAT(before.output, Not(HasSubstr("overridden")));

    const std::string json = exported_.path("report.json");
    const auto up =
        verify({"--severity", file("up", "DIR-12 error\nDIR-02 info\n"), "--report", "json=" + json}
        );
    EXPECT_EQ(up.exit_code, 3) << "DIR-12 comes from inference alone: " << up.output;
    EXPECT_THAT(up.output, StartsWith("INCONCLUSIVE: "));
    EXPECT_THAT(up.output, HasSubstr("2 severities were overridden"));
    const auto overrides = nlohmann::json::parse(test::read_file(json)).at("overrides");
    EXPECT_EQ(
        overrides.dump(),
        R"([{"by_profile":"warning","rule":"DIR-12","severity":"error"},)"
        R"({"by_profile":"error","rule":"DIR-02","severity":"info"}])"
    );

    std::filesystem::remove(exported_.folder() + "/Index.txt");
    EXPECT_EQ(verify({}).exit_code, 1);
    const auto down = verify({"--severity", file("down", "DIR-02 info\nIDX-02 off\n")});
    EXPECT_EQ(down.exit_code, 0) << down.output;
    const auto off = verify({"--severity", file("off", "DIR-02 off\r\nDIR-12 off\r\n")});
    EXPECT_EQ(off.exit_code, 0) << off.output;
    EXPECT_THAT(off.output, Not(HasSubstr("DIR-")));
}

TEST_F(VerifyReports, WithSilencedOutrightRule_NeverConform) {
    test::write_file(exported_.patient_file(), "PK\x03\x04 and so on");
    EXPECT_EQ(verify({}).exit_code, 1);
    const auto run = verify({"--severity", file("own", "ENV-20 off\n")});
    EXPECT_EQ(run.exit_code, 3) << run.output;
    EXPECT_THAT(run.output, StartsWith("INCONCLUSIVE: "));
    EXPECT_THAT(run.output, HasSubstr("1 error that no reader gets past silenced"));
}

TEST_F(VerifyReports, WithWrongSeverityFile_SayWhichLine) {
    const auto run = verify({"--severity", file("own", "# ours\nENV-99 off\n")});
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_THAT(run.output, HasSubstr("no such rule: " + exported_.path("own") + " line 2"));
    EXPECT_THAT(run.output, HasSubstr("found:    ENV-99"));
    EXPECT_EQ(verify({"--severity", exported_.path("none")}).exit_code, 2);
    const std::string own = file("own", "ENV-11 off\n");
    const auto replaced = verify({"--severity", own, "--report", "text=" + own});
    EXPECT_EQ(replaced.exit_code, 2) << replaced.output;
    EXPECT_EQ(test::read_file(own), "ENV-11 off\n");
}

TEST_F(VerifyReports, WithMaxPerRule_CapTheTextAndTellTheTrueCount) {
    for (int i = 0; i < 25; ++i) {
        test::write_file(exported_.folder() + "/note" + std::to_string(i) + ".md", "x");
    }
    const std::string text = exported_.path("report.txt");
    const auto written = [&](const std::vector<std::string>& further) {
        std::vector<std::string> arguments = {"--report", "text=" + text};
        arguments.insert(arguments.end(), further.begin(), further.end());
        EXPECT_EQ(verify(arguments).exit_code, 0);
        return test::read_file(text);
    };
    EXPECT_THAT(written({}), HasSubstr("    and 5 more of 25\n"));
    EXPECT_THAT(written({"--max-per-rule", "2"}), HasSubstr("    and 23 more of 25\n"));
    const std::string all = written({"--max-per-rule", "0"});
    EXPECT_THAT(all, Not(HasSubstr(" more of ")));
    EXPECT_THAT(all, HasSubstr("    at note24.md\n"));
    EXPECT_EQ(verify({"--max-per-rule", "-1"}).exit_code, 2);
}

}  // namespace
}  // namespace sfmkit
