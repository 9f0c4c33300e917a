#include "platform/bytes.hpp"
#include "tests/cli/npm_program.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"
#include "wire/base64.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <sstream>
#include <stdexcept>

// Oracles: curl and tus-js-client, clients that share no code with us.

namespace sfmkit {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++found;
    return found;
}

/// The commands of docs/mock-server.md, for another server.
std::string documented_commands(const std::string& url) {
    const std::string text = test::read_file(test::source_folder() / "docs" / "mock-server.md");
    const std::string fence = "```sh\n";
    const std::size_t begin = text.find(fence) + fence.size();
    std::string commands = text.substr(begin, text.find("```", begin) - begin);
    const std::string documented = "URL=http://127.0.0.1:8080\n";
    EXPECT_TRUE(commands.starts_with(documented));
    return "URL=" + url + "\n" + commands.substr(documented.size());
}

std::string last_segment(const std::string& url) {
    return url.substr(url.rfind('/') + 1);
}

TEST(ServeWithCurl, AsDocumented_StoresTheFileAndSays100BeforeEachBody) {
    if (!test::find_program("curl") || !test::find_program("openssl")) {
        SFM_SKIP_OR_FAIL("curl or openssl is not installed");
    }
    const test::TemporaryFolder folder;
    for (const std::string profile : {"tusdotnet-2021", "strict-spec"}) {
        SCOPED_TRACE(profile);
        test::ServedMock mock(folder / profile, {"--imitate", profile});
        const std::string url = "http://127.0.0.1:" + std::to_string(mock.port());
        const std::string place = "cd '" + (folder / profile).string() + "'\n";
        const auto run = test::run_program("sh", {"-euc", place + documented_commands(url)});
        EXPECT_EQ(run.exit_code, 0) << run.output;
        EXPECT_EQ(count(run.output, "HTTP/1.1 100 Continue\r\n"), 2U) << run.output;
        EXPECT_EQ(count(run.output, "HTTP/1.1 204 No Content\r\n"), 2U) << run.output;
        EXPECT_EQ(count(run.output, "Upload-Offset: 1048576\r\n"), 2U) << run.output;
        const std::string sent = test::read_file(folder / profile / "patient.pat");
        bool stored = false;
        for (const auto& entry :
             std::filesystem::directory_iterator(mock.data_folder() / "uploads")) {
            if (entry.path().has_extension()) continue;
            stored = test::read_file(entry.path()) == sent;
        }
        EXPECT_TRUE(stored);
        // Lines come in batches; the last ones before it ends.
        EXPECT_EQ(mock.stop(), 0);
        EXPECT_NE(mock.log().find("finished patient.pat, 1048576 bytes"), std::string::npos);
    }
}

/// What became of the only migration, asked for until all of it is imported.
nlohmann::json report_of_finished_migration(const test::ServedMock& mock) {
    const std::string url = "http://127.0.0.1:" + std::to_string(mock.port());
    const std::vector<std::string> get = {"-sS", url + "/Basic?_query=MIGRATION_REPORT_01"};
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (true) {
        const auto bundle = nlohmann::json::parse(test::run_program("curl", get).output);
        const auto& extension = bundle.at("entry").at(0).at("resource").at("extension").at(0);
        const auto bytes =
            wire::decode_base64(extension.at("valueBase64Binary").get<std::string>());
        auto report = nlohmann::json::parse(platform::as_text(*bytes));
        if (!report.at("SessionEnd").is_null()) return report;
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("never ended: " + report.dump());
        }
    }
}

TEST(ServeWithKey, WhenUploadsFinish_PrintsTheVerdictOfEach) {
    if (!test::find_program("curl")) SFM_SKIP_OR_FAIL("curl is not installed");
    const test::TemporaryFolder folder;
    const auto program = test::build_folder() / "sfmkit";
    const std::string keys = (folder / "keys").string();
    const std::string output = (folder / "export").string();
    ASSERT_EQ(test::run_program(program, {"keys", "new", keys}).exit_code, 0);
    const std::vector<std::string> generate = {
        "generate", output, "--patients", "1", "--recipient", keys + "/recipient.cer"
    };
    ASSERT_EQ(test::run_program(program, generate).exit_code, 0);
    test::ServedMock mock(folder / "mock", {"--key", keys + "/recipient.key.pem"});
    const std::string good = output + "/ExportData.dat";
    test::write_file(folder / "bad.dat", "not encrypted");
    for (const std::string& file : {good, (folder / "bad.dat").string()}) {
        const std::string length = std::to_string(std::filesystem::file_size(file));
        const std::vector<std::string> post = {
            "-sS",
            "-X",
            "POST",
            mock.url(),
            "-H",
            "Tus-Resumable: 1.0.0",
            "-H",
            "Upload-Length: " + length,
            "-H",
            // ExportData.dat, OrganizationFile, a session called s1
            "Upload-Metadata: name RXhwb3J0RGF0YS5kYXQ=,FileType T3JnYW5pemF0aW9uRmlsZQ==,"
            "SessionId czE=",
            "-H",
            "Content-Type: application/offset+octet-stream",
            "--data-binary",
            "@" + file
        };
        ASSERT_EQ(test::run_program("curl", post).exit_code, 0);
    }
    const auto organisations =
        report_of_finished_migration(mock).at("MigrationReportSummary").at("Organizations");
    EXPECT_EQ(organisations.at("Failed"), 1);
    EXPECT_EQ(organisations.at("ImportedWithoutWarnings"), 1);
    EXPECT_EQ(mock.stop(), 0);
    const std::string log = mock.log();
    EXPECT_EQ(count(log, "finished ExportData.dat, "), 2U) << log;
    EXPECT_EQ(count(log, ": conforms, 0 errors, "), 1U) << log;
    EXPECT_EQ(count(log, ": does not conform, "), 1U) << log;
}

/// Sizes around a chunk, and some of each magnitude; byte k of file n is (k * 7 + n) modulo 256.
std::vector<std::filesystem::path> write_files(const std::filesystem::path& folder) {
    constexpr std::size_t chunk = 524288;
    const std::vector<std::size_t> sizes = {0,         1,         2,         15,        1000,
                                            51199,     51200,     51201,     65536,     65537,
                                            chunk - 1, chunk,     chunk + 1, 600'000,   700'000,
                                            964'736,   2 * chunk, 1'100'000, 2'000'000, 3'000'000};
    std::filesystem::create_directories(folder);
    std::vector<std::filesystem::path> files;
    for (std::size_t n = 0; n < sizes.size(); ++n) {
        std::string bytes(sizes[n], '\0');
        for (std::size_t k = 0; k < bytes.size(); ++k) bytes[k] = static_cast<char>(k * 7 + n);
        files.push_back(folder / ("file" + std::to_string(n) + ".pat"));
        test::write_file(files.back(), bytes);
    }
    return files;
}

TEST(ServeWithTusJsClient, TwentyFilesOneInterrupted_AreStoredWhole) {
    const auto program = test::npm_program("node", "tus-js-client", "upload_files.mjs");
    if (program.empty()) SFM_SKIP_OR_FAIL("npm cannot install tus-js-client");
    const test::TemporaryFolder folder;
    test::ServedMock mock(folder / "mock");
    const auto files = write_files(folder / "files");
    std::vector<std::string> arguments = {program.string(), mock.url(), "file19.pat"};
    for (const auto& file : files) arguments.push_back(file.string());
    const auto run = test::run_program("node", arguments);
    ASSERT_EQ(run.exit_code, 0) << run.output;
    std::istringstream lines(run.output);
    std::size_t uploaded = 0;
    for (std::string line; std::getline(lines, line); ++uploaded) {
        const auto told = nlohmann::json::parse(line);
        const std::string name = told.at("name");
        const auto stored = mock.data_folder() / "uploads" / last_segment(told.at("url"));
        EXPECT_EQ(test::read_file(stored), test::read_file(folder / "files" / name)) << name;
        if (name != "file19.pat") continue;
        const auto resumed_from = std::stoul(told.at("offsetAtStart").get<std::string>());
        EXPECT_GE(resumed_from, 524288U);
        EXPECT_LT(resumed_from, 3'000'000U);
    }
    EXPECT_EQ(uploaded, 20U) << run.output;
}

}  // namespace
}  // namespace sfmkit
