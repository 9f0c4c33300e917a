#include "tests/cli/numbered_export.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

// The official uploader's ledger and access tokens, through the program itself.

namespace sfmkit {
namespace {

using test::run_program;
using Export = test::NumberedExport;

std::filesystem::path program() {
    return test::build_folder() / "sfmkit";
}

/// Values of a member of each file in the ledger, and of the session at its end.
std::vector<std::string> ledger_values(const std::string& path, const std::string& member) {
    const auto ledger = nlohmann::json::parse(test::read_file(path));
    std::vector<std::string> values;
    for (const auto& file : ledger.at("importFiles")) values.push_back(file.at(member));
    values.push_back(ledger.at("ImportSession"));
    return values;
}

TEST(UploadCommand, WithALedgerAlone_GoesOnInTheSameSession) {
    const test::TemporaryFolder folder;
    const Export files(folder, 3, 200'000);
    const test::ServedMock mock(folder / "mock");
    auto arguments = upload_arguments(files, mock);
    arguments.emplace_back("--ledger");
    const auto first = run_program(program(), arguments);
    ASSERT_EQ(first.exit_code, 0) << first.output;
    const std::string ledger = files.folder() + "/.ledger";
    const std::string written = test::read_file(ledger);
    const auto session = ledger_values(ledger, "Status").back();
    EXPECT_EQ(
        ledger_values(ledger, "Status"),
        (std::vector<std::string>{"completed", "completed", "completed", session})
    );
    // What the ledger knows is enough without our own memory.
    std::filesystem::remove(files.folder() + ".journal");
    const auto again = run_program(program(), arguments);
    EXPECT_EQ(again.exit_code, 0) << again.output;
    EXPECT_NE(again.output.find("bytes sent 0"), std::string::npos) << again.output;
    EXPECT_EQ(test::read_file(ledger), written);
    // A file more is sent in the session that the ledger tells.
    test::write_file(std::filesystem::path(files.folder()) / "Patients0/new.pat", "new");
    std::filesystem::remove(files.folder() + ".journal");
    arguments.back() = "--ledger=" + ledger;
    const auto more = run_program(program(), arguments);
    EXPECT_EQ(more.exit_code, 0) << more.output;
    EXPECT_EQ(
        ledger_values(ledger, "Status"),
        (std::vector<std::string>{"completed", "completed", "completed", "completed", session})
    );
}

TEST(UploadCommand, LedgerOfAFileThatIsGone_IsNoCompleteRun) {
    const test::TemporaryFolder folder;
    const Export files(folder, 3, 1000);
    const test::ServedMock mock(folder / "mock");
    const std::string ledger = files.folder() + "/.ledger";
    const auto write_ledger = [&](const std::string& status) {
        const std::string time = "2026-01-02T03:04:05+01:00";
        test::write_file(
            ledger,
            "{\n  \"importFiles\": [\n    {\n"
            "      \"FileNameWithRelativePath\": \"Patients0\\\\gone.pat\",\n"
            "      \"FileName\": \"gone.pat\",\n      \"FileType\": \"patientFile\",\n"
            "      \"Status\": \"" +
                status +
                "\",\n      \"RemoteUrl\": null,\n"
                "      \"WhenAddedToLedger\": \"" +
                time +
                "\",\n"
                "      \"WhenModified\": \"" +
                time +
                "\"\n    }\n  ],\n"
                "  \"ImportSession\": null\n}"
        );
    };
    auto arguments = upload_arguments(files, mock);
    arguments.emplace_back("--ledger");
    write_ledger("notStarted");
    const auto lacking = run_program(program(), arguments);
    EXPECT_EQ(lacking.exit_code, 1) << lacking.output;
    EXPECT_NE(lacking.output.find("gone.pat"), std::string::npos) << lacking.output;
    write_ledger("completed");
    const auto complete = run_program(program(), arguments);
    EXPECT_EQ(complete.exit_code, 0) << complete.output;
    const auto without = run_program(program(), upload_arguments(files, mock));
    EXPECT_NE(without.output.find("--ledger goes on from"), std::string::npos) << without.output;
}

TEST(UploadCommand, TokenThatRunsOut_IsRenewedByTheCommand) {
    const test::TemporaryFolder folder;
    const Export files(folder, 4, 100'000);
    const std::string faults = (folder / "faults.json").string();
    test::write_file(
        faults,
        R"({"faults":[{"point":"after_store","match":{"method":"PATCH","nth":2},)"
        R"("action":{"do":"expire_tokens"}}]})"
    );
    const test::ServedMock mock(folder / "mock", {"--faults", faults});
    // A new token at each run: the lines of a file, counted.
    const std::string runs = (folder / "runs").string();
    auto arguments = upload_arguments(files, mock);
    const std::string command = "echo run >> '" + runs + "'; echo token$(wc -l < '" + runs + "')";
    arguments.insert(arguments.end(), {"--token-command", command});
    const auto run = run_program(program(), arguments);
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_NE(run.output.find("401"), std::string::npos) << run.output;
    EXPECT_EQ(test::read_file(runs), "run\nrun\n");
    EXPECT_EQ(run.output.find("token2"), std::string::npos) << run.output;
    files.expect_stored_once(mock);
}

TEST(UploadCommand, LedgerThatIsCutOff_CannotBeUsedAndStays) {
    const test::TemporaryFolder folder;
    const Export files(folder, 2, 1000);
    const std::string ledger = files.folder() + "/.ledger";
    test::write_file(ledger, "{\n  \"importFiles\": [");
    const std::vector<std::string> arguments = {
        "upload", files.folder(), "--url", "http://127.0.0.1:1/files", "--ledger"
    };
    const auto run = run_program(program(), arguments);
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_NE(run.output.find("no ledger of the official uploader"), std::string::npos)
        << run.output;
    EXPECT_EQ(test::read_file(ledger), "{\n  \"importFiles\": [");
    EXPECT_FALSE(std::filesystem::exists(files.folder() + ".journal"));
}

}  // namespace
}  // namespace sfmkit
