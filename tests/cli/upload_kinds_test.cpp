#include "tests/cli/npm_program.hpp"
#include "tests/cli/numbered_export.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/json_shape.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

// The kinds of run beside the plain one, and what a run reports.

namespace sfmkit {
namespace {

using nlohmann::json;
using test::run_sfmkit;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Export = test::NumberedExport;

/// Both streams of the program, one after the other.
struct Streams {
    int exit_code = 0;
    std::string output;
    std::string error;
};

Streams run_apart(const test::TemporaryFolder& folder, const std::vector<std::string>& arguments) {
    std::string line = "'" + (test::build_folder() / "sfmkit").string() + "'";
    for (const std::string& argument : arguments) line += " '" + argument + "'";
    const auto error = folder / "error.txt";
    const auto run = test::run_program("sh", {"-c", line + " 2>'" + error.string() + "'"});
    return {run.exit_code, run.output, test::read_file(error)};
}

std::vector<std::string> with(std::vector<std::string> first, std::vector<std::string> more) {
    first.insert(first.end(), more.begin(), more.end());
    return first;
}

/// Every path below the folder with its size.
std::vector<std::string> all_below(const std::filesystem::path& folder) {
    std::vector<std::string> seen;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const bool file = entry.is_regular_file();
        seen.push_back(entry.path().string() + (file ? ' ' + test::read_file(entry.path()) : ""));
    }
    std::ranges::sort(seen);
    return seen;
}

/// The schema of that kind of object: of those with the member, the one that allows this value.
json schema_for(const std::string& file, const std::string& member, const json& object) {
    const auto path = test::source_folder() / "docs" / file;
    const json published = json::parse(test::read_file(path));
    for (const json& schema : published.at("oneOf")) {
        const json& properties = schema.at("properties");
        if (properties.contains(member) != object.contains(member)) continue;
        if (!object.contains(member)) return schema;
        if (properties.at(member).at("enum").at(0) == object.at(member)) return schema;
    }
    throw std::runtime_error("no schema for " + object.dump());
}

std::vector<std::string> breaches_of_report(const json& report) {
    const json schema = schema_for("upload-report.schema.json", "dry_run", report);
    return test::breaches_of_schema(report, schema);
}

/// A server that refuses the second file it is offered, once.
test::ServedMock refusing_mock(const test::TemporaryFolder& folder) {
    test::write_file(
        folder / "faults.json",
        R"({"name":"refuse","description":"one POST is refused","seed":1,"faults":[{"name":"403",)"
        R"("point":"head","match":{"method":"POST","nth":2},"times":1,)"
        R"("action":{"do":"answer","status":403}}]})"
    );
    return test::ServedMock(folder / "mock", {"--faults", (folder / "faults.json").string()});
}

TEST(UploadDryRun, ListsEveryFileAndSendsAndWritesNothing) {
    const test::TemporaryFolder folder;
    const Export files(folder, 4, 1000);
    // Nobody answers there: a run that sent anything would end with 3.
    const std::vector<std::string> arguments = {
        "upload", files.folder(), "--url", "http://127.0.0.1:1/files", "--dry-run", "--ledger"
    };
    run_apart(folder, arguments);
    const auto before = all_below(folder / "");
    const auto text = run_apart(folder, arguments);
    EXPECT_EQ(text.exit_code, 0) << text.error;
    EXPECT_THAT(text.output, HasSubstr("would send 4 of 4 files"));
    EXPECT_THAT(text.output, HasSubstr("Patients0/p3.pat"));
    const auto run = run_apart(folder, with(arguments, {"--json"}));
    EXPECT_EQ(run.exit_code, 0) << run.error;
    const json preview = json::parse(run.output);
    EXPECT_THAT(breaches_of_report(preview), IsEmpty());
    EXPECT_EQ(preview.at("files").at(0).at("name"), "ExportData.dat");
    EXPECT_EQ(preview.at("files_to_send"), 4);
    EXPECT_EQ(all_below(folder / ""), before);
}

TEST(UploadOnlyFailed, SendsExactlyWhatWasRefusedAndNothingWhenNothingWas) {
    const test::TemporaryFolder folder;
    const Export files(folder, 5, 100'000);
    const test::ServedMock mock = refusing_mock(folder);
    const auto plain = with(upload_arguments(files, mock), {"--parallel", "1", "--json"});
    const auto only_failed = with(plain, {"--only-failed"});

    const json first = json::parse(run_apart(folder, plain).output);
    EXPECT_EQ(first.at("counts").at("refused"), 1);
    EXPECT_EQ(first.at("counts").at("completed"), 4);
    EXPECT_EQ(first.at("files").at(1).at("result"), "refused");
    EXPECT_EQ(first.at("files").at(1).at("retriable"), false);

    const auto again = run_apart(folder, plain);
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_EQ(json::parse(again.output).at("bytes_sent"), 0);
    EXPECT_THAT(again.error, HasSubstr("--only-failed"));

    const json preview = json::parse(run_apart(folder, with(only_failed, {"--dry-run"})).output);
    EXPECT_EQ(preview.at("files_to_send"), 1);
    EXPECT_EQ(preview.at("files").at(1).at("standing"), "refused");
    EXPECT_EQ(preview.at("files").at(1).at("sent"), true);

    const auto cured = run_apart(folder, only_failed);
    EXPECT_EQ(cured.exit_code, 0) << cured.error;
    EXPECT_EQ(json::parse(cured.output).at("counts").at("completed"), 1);
    EXPECT_EQ(json::parse(cured.output).at("bytes_sent"), first.at("files").at(1).at("size"));
    files.expect_stored_once(mock);

    const auto none = run_apart(folder, only_failed);
    EXPECT_EQ(none.exit_code, 0) << none.error;
    EXPECT_THAT(none.error, HasSubstr("no file has failed"));
    EXPECT_EQ(json::parse(none.output).at("counts").at("already-done"), 5);
}

TEST(UploadOnlyFailed, OfAnExportThatNobodyHasBegun_SendsNothingAndSaysWhatIsLeftOut) {
    const test::TemporaryFolder folder;
    const Export files(folder, 3, 1000);
    const auto run = run_apart(
        folder, {"upload", files.folder(), "--url", "http://127.0.0.1:1/files", "--only-failed"}
    );
    EXPECT_EQ(run.exit_code, 3) << run.error;
    EXPECT_THAT(run.error, HasSubstr("left out by --only-failed: 3 files"));
    EXPECT_FALSE(std::filesystem::exists(files.folder() + ".journal"));
}

TEST(UploadReports, OfARunWithPauses_KeepTheirSchemasAndAgree) {
    const test::TemporaryFolder folder;
    const Export files(folder, 8, 300'000);
    test::write_file(
        folder / "faults.json",
        R"({"name":"busy","description":"one PATCH is put off","seed":1,"faults":[{"name":"503",)"
        R"("point":"head","match":{"method":"PATCH","nth":3},"times":1,)"
        R"("action":{"do":"answer","status":503}}]})"
    );
    const test::ServedMock mock(folder / "mock", {"--faults", (folder / "faults.json").string()});
    const std::string whole = (folder / "report.json").string();
    const auto run = run_apart(
        folder,
        with(upload_arguments(files, mock), {"--report", "json=" + whole, "--report", "ndjson=-"})
    );
    ASSERT_EQ(run.exit_code, 0) << run.error;
    EXPECT_THAT(run.error, HasSubstr("slowest files:"));
    const json report = json::parse(test::read_file(whole));
    EXPECT_THAT(breaches_of_report(report), IsEmpty());
    EXPECT_EQ(report.at("slowest").size(), 5U);
    EXPECT_GE(
        report.at("slowest").at(0).at("elapsed_ms"), report.at("slowest").at(4).at("elapsed_ms")
    );
    EXPECT_GE(report.at("elapsed_ms"), report.at("slowest").at(0).at("elapsed_ms"));
    EXPECT_EQ(report.at("retries"), 1);
    EXPECT_GE(report.at("waste"), 1.0);

    std::map<std::string, std::size_t> kinds;
    std::istringstream lines(run.output);
    json last;
    for (std::string line; std::getline(lines, line);) {
        last = json::parse(line);
        ++kinds[last.at("line")];
        const json schema = schema_for("upload-events.schema.json", "line", last);
        EXPECT_THAT(test::breaches_of_schema(last, schema), IsEmpty()) << line;
    }
    const std::map<std::string, std::size_t> expected = {
        {"run", 1}, {"began", 8}, {"waits", 1}, {"ended", 8}, {"end", 1}
    };
    EXPECT_EQ(kinds, expected);
    for (const char* figure : {"exit_code", "bytes_sent", "retries", "elapsed_ms"}) {
        EXPECT_EQ(last.at(figure), report.at(figure)) << figure;
    }
}

TEST(UploadReports, OfARunThatMayDoBetter_TellRetriableFromFinal) {
    const test::TemporaryFolder folder;
    const Export files(folder, 2, 1000);
    const auto run = run_apart(
        folder,
        {"upload", files.folder(), "--url", "http://127.0.0.1:1/files", "--tries", "1", "--json"}
    );
    EXPECT_EQ(run.exit_code, 3);
    const json report = json::parse(run.output);
    EXPECT_THAT(breaches_of_report(report), IsEmpty());
    EXPECT_EQ(report.at("verdict"), "run-again");
    EXPECT_EQ(report.at("files").at(0).at("retriable"), true);
    EXPECT_THAT(run.error, HasSubstr("sfmkit upload " + files.folder() + " --url http:"));
    EXPECT_THAT(run.error, HasSubstr("--tries 1 --json"));
}

/// What a validator that is not ours says of documents.
json checked_by_ajv(const std::string& schema, const std::vector<std::string>& files) {
    const auto script = test::npm_program("openapi", "ajv", "check_documents.mjs");
    const auto published = test::source_folder() / "docs" / schema;
    const auto run = test::run_program("node", with({script.string(), published.string()}, files));
    EXPECT_EQ(run.exit_code, 0) << run.output;
    return json::parse(run.output);
}

TEST(UploadReports, OfAllKindsOfRun_AreGoodForAjv) {
    if (test::npm_program("openapi", "ajv", "check_documents.mjs").empty()) {
        GTEST_SKIP() << "needs node and npm";
    }
    const test::TemporaryFolder folder;
    const Export files(folder, 4, 1000);
    const test::ServedMock mock = refusing_mock(folder);
    std::vector<std::string> reports;
    std::vector<std::string> events;
    const auto run = [&](const std::string& name, int code, const std::vector<std::string>& more) {
        reports.push_back((folder / (name + ".json")).string());
        events.push_back((folder / (name + ".ndjson")).string());
        const auto done = run_apart(
            folder,
            with(
                {"upload",
                 files.folder(),
                 "--report",
                 "json=" + reports.back(),
                 "--report",
                 "ndjson=" + events.back(),
                 "--tries",
                 "1"},
                more
            )
        );
        EXPECT_EQ(done.exit_code, code) << name << done.error;
    };
    run("unreachable", 3, {"--url", "http://127.0.0.1:1/files"});
    const std::vector<std::string> there = {"--url", mock.url(), "--journal", folder / "journal"};
    run("refused", 1, there);
    const std::vector<std::string> preview = {"upload", files.folder(), "--dry-run", "--json"};
    reports.push_back((folder / "preview.json").string());
    test::write_file(reports.back(), run_apart(folder, with(preview, there)).output);
    run("complete", 0, with(there, {"--only-failed"}));

    const json told = checked_by_ajv("upload-report.schema.json", reports);
    EXPECT_THAT(told.at("complaints"), IsEmpty());
    EXPECT_EQ(told.at("checked"), 4);
    EXPECT_GE(told.at("refused"), 80);
    const json lines = checked_by_ajv("upload-events.schema.json", events);
    EXPECT_THAT(lines.at("complaints"), IsEmpty());
    EXPECT_GE(lines.at("checked"), 14);
    EXPECT_GE(lines.at("refused"), 100);
}

TEST(UploadMemory, JournalAndLedgerInOneFile_IsRefused) {
    const test::TemporaryFolder folder;
    const Export files(folder, 2, 1000);
    const test::ServedMock mock(folder / "mock");
    const std::string one = (folder / "memory").string();
    const auto same = with(upload_arguments(files, mock), {"--journal", one, "--ledger=" + one});
    EXPECT_EQ(run_apart(folder, same).exit_code, 2);
    EXPECT_FALSE(std::filesystem::exists(one));
    const auto apart =
        with(upload_arguments(files, mock), {"--journal", one, "--ledger=" + one + "2"});
    EXPECT_EQ(run_apart(folder, apart).exit_code, 0);
}

TEST(UploadResumeCommand, HoldsTheOptionsAndNoSecret) {
    const test::TemporaryFolder folder;
    const Export files(folder, 2, 1000);
    const auto run = run_apart(
        folder,
        {"upload",
         files.folder(),
         "--url",
         "http://127.0.0.1:1/files",
         "--tries",
         "1",
         "--journal",
         (folder / "my journal").string(),
         "--ledger",
         "--token-command",
         "echo hidden-secret"}
    );
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.error, HasSubstr(" --journal '" + (folder / "my journal").string() + "'"));
    EXPECT_THAT(run.error, HasSubstr(" --ledger --tries 1 --token-command '...'"));
    EXPECT_THAT(run.error, Not(HasSubstr("hidden-secret")));
}

TEST(UploadVerifyFirst, SendsAnExportWithoutErrorsAndNoOther) {
    const test::SealedExport exported;
    const test::TemporaryFolder folder;
    const test::ServedMock mock(folder / "mock");
    const std::vector<std::string> plain = {"upload", exported.folder(), "--url", mock.url()};
    const auto arguments = with(plain, {"--verify-first", "--key", exported.key()});
    const std::string bad =
        exported.folder() + "/Patients0/00000000-0000-4000-8000-000000000000.pat";
    test::write_file(bad, "no envelope at all");
    const auto refused = run_sfmkit(arguments);
    EXPECT_EQ(refused.exit_code, 1) << refused.output;
    EXPECT_THAT(refused.output, HasSubstr("DOES NOT CONFORM"));
    EXPECT_THAT(refused.output, HasSubstr("all of it: sfmkit verify " + exported.folder()));
    EXPECT_THAT(refused.output, HasSubstr("nothing was sent"));
    EXPECT_FALSE(std::filesystem::exists(exported.folder() + ".journal"));
    EXPECT_THAT(mock.log(), Not(HasSubstr("finished")));

    std::filesystem::remove(bad);
    const auto sent = run_sfmkit(arguments);
    EXPECT_EQ(sent.exit_code, 0) << sent.output;
    EXPECT_THAT(sent.output, HasSubstr("CONFORMS"));
    EXPECT_THAT(sent.output, HasSubstr("retries 0"));
    // Without a key what can be seen without one is verified.
    const auto without_key = run_sfmkit(with(plain, {"--verify-first"}));
    EXPECT_EQ(without_key.exit_code, 0) << without_key.output;
}

}  // namespace
}  // namespace sfmkit
