#include "platform/process.hpp"
#include "platform/random.hpp"
#include "platform/tcp_network.hpp"
#include "tests/cli/numbered_export.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace sfmkit {
namespace {

using platform::Duration;
using test::run_program;

std::filesystem::path program() {
    return test::build_folder() / "sfmkit";
}

using Export = test::NumberedExport;

std::string why(const std::filesystem::path& log) {
    return test::read_file(log);
}

TEST(UploadCommand, ToTheMock_StoresEveryFileOnceAndSendsNothingTwice) {
    const test::TemporaryFolder folder;
    const Export files(folder, 20, 2'000'000);
    const test::ServedMock mock(folder / "mock");
    const auto run = run_program(
        "sh",
        {"-c",
         program().string() + " upload " + files.folder() + " --url " + mock.url() +
             " --json 2>/dev/null"}
    );
    ASSERT_EQ(run.exit_code, 0) << run.output;
    const auto result = nlohmann::json::parse(run.output);
    EXPECT_EQ(result["verdict"], "complete");
    EXPECT_EQ(result["counts"]["completed"], 20);
    EXPECT_EQ(result["bytes_sent"], result["bytes_needed"]);
    EXPECT_EQ(result["orphans"], 0);
    files.expect_stored_once(mock);
}

TEST(UploadCommand, KilledAgainAndAgain_GoesOnAndStoresEveryFileOnce) {
    const test::TemporaryFolder folder;
    const Export files(folder, 20, 4'000'000);
    const test::ServedMock mock(folder / "mock");
    platform::SeededRandom random(20260101);
    unsigned kills = 0;
    std::optional<int> exit_code;
    for (unsigned round = 0; round < 40 && !exit_code; ++round) {
        auto child = platform::ChildProcess::start(
            {.program = program(),
             .arguments = upload_arguments(files, mock),
             .output = folder / "log"}
        );
        ASSERT_TRUE(child.has_value());
        exit_code = child->wait_for(Duration(15 + static_cast<int>(random.pick(60))));
        if (exit_code) break;
        child->kill();
        ++kills;
    }
    if (!exit_code) {
        const auto last = run_program(program(), upload_arguments(files, mock));
        exit_code = last.exit_code;
    }
    EXPECT_EQ(exit_code, 0) << why(folder / "log");
    EXPECT_GT(kills, 1U);
    files.expect_stored_once(mock);
}

TEST(UploadCommand, WhenTheServerIsKilledAndComesBack_GoesOnByItself) {
    const test::TemporaryFolder folder;
    const Export files(folder, 20, 4'000'000);
    test::ServedMock mock(folder / "mock");
    auto child = platform::ChildProcess::start(
        {.program = program(), .arguments = upload_arguments(files, mock), .output = folder / "log"}
    );
    ASSERT_TRUE(child.has_value());
    std::optional<int> exit_code;
    for (const int pause : {40, 300, 300}) {
        exit_code = child->wait_for(Duration(pause));
        if (exit_code) break;
        mock.kill();
        mock.start_again();
    }
    if (!exit_code) exit_code = child->wait_for(std::chrono::seconds(60));
    EXPECT_EQ(exit_code, 0) << why(folder / "log");
    EXPECT_NE(why(folder / "log").find("trying again"), std::string::npos) << why(folder / "log");
    files.expect_stored_once(mock);
}

TEST(UploadCommand, Interrupted_SaysHowToGoOnAndDoesSo) {
    const test::TemporaryFolder folder;
    const Export files(folder, 20, 8'000'000);
    const test::ServedMock mock(folder / "mock");
    auto child = platform::ChildProcess::start(
        {.program = program(), .arguments = upload_arguments(files, mock), .output = folder / "log"}
    );
    ASSERT_TRUE(child.has_value());
    EXPECT_FALSE(child->wait_for(Duration(60)).has_value()) << why(folder / "log");
    child->interrupt();
    EXPECT_EQ(child->wait_for(std::chrono::seconds(20)), 130) << why(folder / "log");
    EXPECT_NE(why(folder / "log").find("run the same command again"), std::string::npos);
    const auto run = run_program(program(), upload_arguments(files, mock));
    EXPECT_EQ(run.exit_code, 0) << run.output;
    files.expect_stored_once(mock);
}

/// True as soon as the file holds the text; false when it does not for long.
bool comes_to_hold(const std::filesystem::path& path, std::string_view text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < end) {
        const bool there = std::filesystem::exists(path);
        if (there && test::read_file(path).find(text) != std::string::npos) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

TEST(UploadCommand, WhileAnotherRunUsesTheJournal_IsRefusedAndLeavesItAlone) {
    const test::TemporaryFolder folder;
    const Export files(folder, 3, 1000);
    const std::filesystem::path journal = files.folder() + ".journal";
    // Connections are taken and never answered, so that the first run cannot end.
    boost::asio::io_context context(1);
    platform::TcpNetwork network(context.get_executor());
    const auto listener = network.listen("127.0.0.1", 0);
    ASSERT_TRUE(listener.has_value());
    const std::string origin = "http://127.0.0.1:" + std::to_string((*listener)->port());
    const std::vector<std::string> arguments = {
        "upload", files.folder(), "--url", origin + "/files"
    };
    auto first = platform::ChildProcess::start(
        {.program = program(), .arguments = arguments, .output = folder / "log"}
    );
    ASSERT_TRUE(first.has_value());
    ASSERT_TRUE(comes_to_hold(journal, "intent")) << why(folder / "log");
    const std::string before = test::read_file(journal);

    const auto second = run_program(program(), arguments);
    EXPECT_EQ(second.exit_code, 2) << second.output;
    EXPECT_NE(second.output.find("another upload uses this journal"), std::string::npos)
        << second.output;
    EXPECT_EQ(test::read_file(journal), before);
    EXPECT_FALSE(first->wait_for(Duration(0)).has_value()) << why(folder / "log");

    first->kill();
    // The lock went with its process: now the journal itself is looked at.
    const auto third =
        run_program(program(), {"upload", files.folder(), "--url", origin + "/other"});
    EXPECT_EQ(third.exit_code, 2) << third.output;
    EXPECT_NE(third.output.find("another service"), std::string::npos) << third.output;
}

TEST(UploadCommand, FileThatIsNoJournal_CannotBeUsed) {
    const test::TemporaryFolder folder;
    const Export files(folder, 2, 1000);
    test::write_file(files.folder() + ".journal", "hello\nworld\n");
    const auto run =
        run_program(program(), {"upload", files.folder(), "--url", "http://127.0.0.1:1/files"});
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_NE(run.output.find("the file is no upload journal"), std::string::npos) << run.output;
    EXPECT_EQ(test::read_file(files.folder() + ".journal"), "hello\nworld\n");
}

TEST(UploadCommand, ServerGoneForGood_AsksToRunAgain) {
    const test::TemporaryFolder folder;
    const Export files(folder, 3, 1000);
    test::ServedMock mock(folder / "mock");
    mock.kill();
    auto arguments = upload_arguments(files, mock);
    arguments.insert(arguments.end(), {"--tries", "2"});
    const auto run = run_program(program(), arguments);
    EXPECT_EQ(run.exit_code, 3) << run.output;
    EXPECT_NE(run.output.find("run the same command again"), std::string::npos) << run.output;
}

struct BadUse {
    const char* name;
    std::vector<std::string> options;  ///< after `upload EXPORT`
    int exit_code;
    const char* told;
};

void PrintTo(const BadUse& use, std::ostream* stream) {
    *stream << use.name;
}

class UploadCommandRefuses : public testing::TestWithParam<BadUse> {};

TEST_P(UploadCommandRefuses, BeforeAnythingIsSentOrWritten) {
    const test::TemporaryFolder folder;
    const Export files(folder, 2, 1000);
    std::vector<std::string> arguments = {"upload", files.folder()};
    const auto& options = GetParam().options;
    arguments.insert(arguments.end(), options.begin(), options.end());
    const auto run = run_program(program(), arguments);
    EXPECT_EQ(run.exit_code, GetParam().exit_code) << run.output;
    EXPECT_NE(run.output.find(GetParam().told), std::string::npos) << run.output;
    EXPECT_FALSE(std::filesystem::exists(files.folder() + ".journal"));
}

INSTANTIATE_TEST_SUITE_P(
    Uses,
    UploadCommandRefuses,
    testing::Values(
        BadUse{"no_url", {}, 2, "--url"},
        BadUse{"unknown_option", {"--url", "http://127.0.0.1:1/files", "--frob"}, 2, "--frob"},
        BadUse{
            "authority_for_http",
            {"--url", "http://127.0.0.1:1/files", "--ca", "/dev/null"},
            2,
            "for https"
        },
        BadUse{
            "authority_that_is_none",
            {"--url", "https://127.0.0.1:1/files", "--ca", test::build_folder() / "CMakeCache.txt"},
            2,
            "no authorities"
        },
        BadUse{
            "insecure_elsewhere",
            {"--url", "https://example.org/", "--real-service", "example.org", "--insecure"},
            2,
            "must be checked"
        },
        BadUse{
            "proof_without_token",
            {"--url", "http://127.0.0.1:1/files", "--dpop-key", "/dev/null"},
            2,
            "no token for the proofs"
        },
        BadUse{"other_host", {"--url", "http://example.org/files"}, 2, "--real-service"},
        BadUse{
            "real_service",
            {"--url", "http://dataimport.qa.forskrivning.no/files"},
            2,
            "national service"
        },
        BadUse{
            "other_name_repeated",
            {"--url", "http://example.org/files", "--real-service", "example.com"},
            2,
            "another host"
        },
        BadUse{"not_an_url", {"--url", "localhost:8080"}, 2, "http://HOST"},
        BadUse{
            "too_many_at_once",
            {"--url", "http://127.0.0.1:1/files", "--parallel", "11"},
            2,
            "--parallel"
        },
        BadUse{
            "token_that_is_none",
            {"--url", "http://127.0.0.1:1/files", "--token-env", "SFMKIT_NO_SUCH_TOKEN"},
            2,
            "no access token"
        },
        BadUse{
            "token_in_clear_over_a_network",
            {"--url",
             "http://example.org/files",
             "--real-service",
             "example.org",
             "--token-command",
             "echo a"},
            2,
            "without TLS"
        },
        BadUse{
            "two_tokens",
            {"--url", "http://127.0.0.1:1/files", "--token-env", "A", "--token-command", "echo a"},
            2,
            "--token-"
        },
        BadUse{
            "key_without_verifying",
            {"--url", "http://127.0.0.1:1/files", "--key", "k"},
            2,
            "--verify-first"
        },
        BadUse{
            "key_that_is_not_there",
            {"--url", "http://127.0.0.1:1/files", "--verify-first", "--key", "nothing"},
            2,
            "nothing"
        },
        BadUse{
            "dry_run_with_report",
            {"--url", "http://127.0.0.1:1/files", "--dry-run", "--report", "json=x"},
            2,
            "--dry-run"
        },
        BadUse{
            "report_of_unknown_format",
            {"--url", "http://127.0.0.1:1/files", "--report", "html=x"},
            2,
            "ndjson=FILE"
        },
        BadUse{
            "two_reports_on_the_output",
            {"--url", "http://127.0.0.1:1/files", "--json", "--report", "ndjson=-"},
            2,
            "two reports"
        },
        BadUse{
            "session_no_guid", {"--url", "http://127.0.0.1:1/files", "--session", "x"}, 2, "GUID"
        }
    ),
    [](const auto& row) { return row.param.name; }
);

TEST(UploadCommand, FolderWithoutOrganisationFile_DoesNotConform) {
    const test::TemporaryFolder folder;
    std::filesystem::create_directories(folder / "export" / "Patients0");
    const auto run = run_program(
        program(), {"upload", (folder / "export").string(), "--url", "http://127.0.0.1:1/files"}
    );
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_NE(run.output.find("ExportData.dat"), std::string::npos) << run.output;
    const auto missing = run_program(
        program(), {"upload", (folder / "nothing").string(), "--url", "http://127.0.0.1:1/files"}
    );
    EXPECT_EQ(missing.exit_code, 2) << missing.output;
}

}  // namespace
}  // namespace sfmkit
