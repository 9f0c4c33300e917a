#include "mockserver/evidence/evidence_reader.hpp"
#include "mockserver/profile.hpp"
#include "tests/cli/mock_evidence.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>

// The official uploader is the client that matters most. Its stand-in (tests/interop) behaves as
// the published builds were seen to do, so that it shows whether the mock provokes what a vendor
// meets.

namespace sfmkit {
namespace {

namespace fs = std::filesystem;
using mockserver::EvidenceReader;
using nlohmann::json;
using test::complaints;
using test::evidence_of;
using test::finished_uploads;

constexpr int patients = 16;
constexpr int all_files = patients + 1;
constexpr int patience_ms = 120'000;
constexpr int short_patience_ms = 8'000;

fs::path uploader_program() {
    return test::build_folder() / "interop" / "official-uploader" / "official-uploader.dll";
}

fs::path scenario_folder() {
    return test::source_folder() / "fixtures" / "scenarios" / "official-uploader";
}

void write_file(const fs::path& path, std::size_t size) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << std::string(size, 'x');
}

std::string patient_name(int number) {
    return fmt::format("{:08x}-0000-4000-8000-000000000000.pat", number);
}

/// Many small files.
void write_small_export(const fs::path& folder) {
    write_file(folder / "ExportData.dat", 3000);
    for (int i = 1; i <= patients; ++i) {
        const auto more = static_cast<std::size_t>(i);
        write_file(folder / "Patients0" / patient_name(i), 2000 + more);
    }
}

/// Sizes around the chunk of 524 288 bytes, and an empty file.
void write_export_of_chunks(const fs::path& folder) {
    constexpr std::size_t chunk = 524'288;
    write_file(folder / "ExportData.dat", chunk + 75'712);
    write_file(folder / "Patients0" / patient_name(1), chunk);
    write_file(folder / "Patients0" / patient_name(2), chunk + 1);
    write_file(folder / "Patients0" / patient_name(3), 0);
    write_file(folder / "Reports0" / "00000004-0000-4000-8000-000000000000.rpt", 1000);
}

/// Runs the stand-in once for all jobs; outcomes in their order.
json run_jobs(const fs::path& folder, const json& jobs) {
    std::ofstream(folder / "jobs.json") << jobs.dump();
    const auto ran = test::run_program(
        "dotnet",
        {uploader_program().string(), (folder / "jobs.json").string()},
        std::chrono::seconds(280)
    );
    const json outcomes = json::parse(ran.output, nullptr, false);
    if (!outcomes.is_array()) throw std::runtime_error("the stand-in said: " + ran.output);
    return outcomes;
}

json job(
    const std::string& name, const fs::path& folder, std::uint16_t port, bool dpop, int starts
) {
    const std::string service = fmt::format("http://127.0.0.1:{}", port);
    return {
        {"name", name},
        {"folder", folder.string()},
        {"uploadApi", service + "/files"},
        {"uploadUrl", service + (dpop ? "/v2/files" : "/files")},
        {"threads", 1},
        {"starts", starts},
        {"dpop", dpop},
        {"patienceMs", patience_ms},
    };
}

/// How many files have which status, e.g. `completed 16, failed 1`.
std::string statuses(const json& start) {
    std::map<std::string, int> counts;
    for (const auto& [file, status] : start["files"].items()) ++counts[status.get<std::string>()];
    std::string text;
    for (const auto& [status, count] : counts) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", status, count);
    }
    return text;
}

std::size_t sent(const json& start, const std::string& method) {
    const auto& requests = start["requests"];
    return static_cast<std::size_t>(std::ranges::count_if(requests, [&](const json& request) {
        return request.get<std::string>().starts_with(method + " ");
    }));
}

/// The methods with which it went where a redirect told it to, without its token.
std::vector<std::string> redirected(const test::ServedMock& mock) {
    std::vector<std::string> methods;
    const auto rows = evidence_of(mock).requests({.most = 1000}).value();
    for (const auto& row : rows) {
        if (row.request.target != "/other") continue;
        EXPECT_EQ(row.request.fields.find("Authorization"), std::string::npos);
        methods.push_back(row.request.method);
    }
    return methods;
}

/// What is known of the published builds, for one fault.
struct FaultRow {
    const char* scenario;
    const char* first_end;    ///< of the first start
    const char* first_files;  ///< what its ledger says then
    const char* second_files;
    int posts;    ///< of the second start
    int heads;    ///< of the second start
    int patches;  ///< of the second start; -1: so many that they cannot be told
    int whole = all_files;
};

constexpr const char* all_completed = "completed 17";
constexpr const char* one_failed = "completed 16, failed 1";
constexpr const char* finished = "finished";

constexpr std::array<FaultRow, 31> fault_rows = {{
    {"patch-silent", "hangs", "completed 1, notStarted 15, ongoing 1", all_completed, 15, 16, 15},
    {"patch-old-offset-always",
     "hangs",
     "completed 3, notStarted 13, ongoing 1",
     "completed 3, notStarted 13, ongoing 1",
     0,
     1,
     -1,
     3},
    {"version-silent", "error", "notStarted 17", all_completed, 17, 17, 17},
    {"patch-closed-before-body", finished, one_failed, all_completed, 0, 1, 1},
    {"patch-reset-in-body", finished, one_failed, all_completed, 0, 1, 1},
    {"patch-answer-lost", finished, one_failed, all_completed, 0, 1, 0},
    {"patch-always-broken", finished, one_failed, one_failed, 0, 1, 1, 16},
    {"patch-refused", finished, "completed 2, failed 15", all_completed, 0, 15, 15},
    {"patch-refused-early", finished, one_failed, all_completed, 0, 1, 1},
    {"patch-answered-200", finished, one_failed, all_completed, 0, 1, 0},
    {"patch-old-offset-once", finished, all_completed, all_completed, 0, 0, 0},
    {"patch-stored-in-part", finished, all_completed, all_completed, 0, 0, 0},
    {"patch-offset-beyond-file", finished, all_completed, all_completed, 0, 0, 0, 16},
    {"patch-offset-missing", finished, one_failed, all_completed, 0, 1, 0},
    {"patch-offset-lower-case", finished, one_failed, all_completed, 0, 1, 0},
    {"patch-redirected", finished, one_failed, all_completed, 0, 1, 1},
    {"redirect-without-location", finished, one_failed, all_completed, 0, 1, 1},
    {"head-reset", finished, one_failed, all_completed, 0, 1, 1},
    {"head-refused", finished, "completed 10, failed 7", all_completed, 0, 7, 7},
    {"head-always-gone", finished, one_failed, one_failed, 0, 1, 0, 16},
    {"head-offset-beyond-file", finished, all_completed, all_completed, 0, 0, 0, 16},
    {"head-offset-missing", finished, one_failed, all_completed, 0, 1, 1},
    {"creation-reset", finished, one_failed, all_completed, 1, 1, 1},
    {"creation-answer-lost", finished, one_failed, all_completed, 1, 1, 1},
    {"creation-refused", finished, "completed 5, failed 12", all_completed, 12, 12, 12},
    {"creation-without-location", finished, one_failed, all_completed, 1, 1, 1},
    {"creation-redirected", finished, one_failed, all_completed, 1, 1, 1},
    {"creation-redirected-with-method", finished, one_failed, all_completed, 1, 1, 1},
    {"token-expired", finished, "completed 1, failed 16", "completed 1, failed 16", 16, 0, 0, 1},
    {"organisation-refused", finished, "failed 1, notStarted 16", all_completed, 17, 17, 17},
    {"version-refused", finished, all_completed, all_completed, 0, 0, 0},
}};

/// It follows, a POST as GET unless the status keeps the method.
const std::map<std::string, std::vector<std::string>> redirections = {
    {"creation-redirected", {"GET"}},
    {"creation-redirected-with-method", {"POST"}},
    {"patch-redirected", {"PATCH"}},
};

TEST(OfficialUploader, Scenarios_InTheFolder_AreThoseOfTheTable) {
    std::set<std::string> files;
    for (const auto& entry : fs::directory_iterator(scenario_folder())) {
        files.insert(entry.path().stem().string());
    }
    std::set<std::string> rows;
    for (const FaultRow& row : fault_rows) rows.insert(row.scenario);
    EXPECT_EQ(files, rows);
}

TEST(OfficialUploader, MeetingEachFault_EndsAsItWasSeenTo) {
    if (!fs::exists(uploader_program())) SFM_SKIP_OR_FAIL("the .NET SDK 10 is not installed");
    const test::TemporaryFolder folder;
    write_small_export(folder / "export");
    std::vector<std::unique_ptr<test::ServedMock>> mocks;
    json jobs = json::array();
    for (const FaultRow& row : fault_rows) {
        const fs::path file = scenario_folder() / (std::string(row.scenario) + ".json");
        fs::create_directories(folder / row.scenario);
        mocks.push_back(std::make_unique<test::ServedMock>(
            folder / row.scenario, std::vector<std::string>{"--faults", file.string()}
        ));
        json next = job(row.scenario, folder / "export", mocks.back()->port(), false, 2);
        // Who hangs is waited for; who does not has time, however slow the machine.
        if (std::string(row.first_end) != finished) next["patienceMs"] = short_patience_ms;
        jobs.push_back(next);
    }
    fs::create_directories(folder / "twin");
    mocks.push_back(std::make_unique<test::ServedMock>(folder / "twin"));
    jobs.push_back(job("twin", folder / "export", mocks.back()->port(), false, 2));
    const json outcomes = run_jobs(folder.path(), jobs);
    ASSERT_EQ(outcomes.size(), fault_rows.size() + 1);
    for (std::size_t i = 0; i < fault_rows.size(); ++i) {
        const FaultRow& row = fault_rows.at(i);
        SCOPED_TRACE(row.scenario);
        const json& first = outcomes[i]["starts"][0];
        const json& second = outcomes[i]["starts"][1];
        EXPECT_EQ(first["end"], row.first_end);
        EXPECT_EQ(statuses(first), row.first_files);
        EXPECT_EQ(statuses(second), row.second_files);
        EXPECT_EQ(sent(second, "POST"), static_cast<std::size_t>(row.posts));
        EXPECT_EQ(sent(second, "HEAD"), static_cast<std::size_t>(row.heads));
        if (row.patches >= 0) {
            EXPECT_EQ(sent(second, "PATCH"), static_cast<std::size_t>(row.patches));
        } else {
            EXPECT_GE(sent(second, "PATCH"), 20U);
        }
        EXPECT_EQ(finished_uploads(*mocks[i]), row.whole);
        const auto place = redirections.find(row.scenario);
        const auto methods =
            place == redirections.end() ? std::vector<std::string>() : place->second;
        EXPECT_EQ(redirected(*mocks[i]), methods);
        EXPECT_FALSE(evidence_of(*mocks[i]).faults(0, 0, 1).value().empty()) << "no fault struck";
    }
    // The same without a fault.
    const json& twin = outcomes.back()["starts"];
    EXPECT_EQ(twin[0]["end"], finished);
    EXPECT_EQ(statuses(twin[0]), all_completed);
    EXPECT_EQ(twin[1]["requests"].size(), 1U);
    EXPECT_EQ(finished_uploads(*mocks.back()), all_files);
}

/// Names of the header lines of the first request with this method.
std::vector<std::string> names_sent(const test::ServedMock& mock, const std::string& method) {
    EvidenceReader reader = evidence_of(mock);
    const auto rows = reader.requests({.method = method, .most = 1}).value();
    if (rows.empty()) return {};
    std::vector<std::string> names;
    std::istringstream lines(rows.front().request.fields);
    for (std::string line; std::getline(lines, line);) {
        if (const auto colon = line.find(':'); colon != std::string::npos) {
            names.push_back(line.substr(0, colon));
        }
    }
    return names;
}

/// Names and order of the fields that the published builds send.
std::vector<std::string> names_seen(const std::string& method, bool dpop) {
    if (method == "GET") return {"Host"};
    std::vector<std::string> names = {"Host", "Authorization", "Tus-Resumable"};
    if (dpop) names.insert(names.begin() + 1, "DPoP");
    if (method == "POST") {
        names.insert(names.end(), {"Upload-Length", "Upload-Metadata"});
    }
    if (method == "PATCH") {
        names.insert(names.end(), {"Upload-Offset", "Upload-Checksum"});
    }
    names.insert(names.end(), {"Connection", "Accept-Encoding", "Content-Length"});
    if (method == "PATCH") names.emplace_back("Content-Type");
    return names;
}

TEST(OfficialUploader, NamesInTheTable_AreThoseOfTheRecording) {
    const auto file = test::reference_file("wire/official-uploader.json");
    if (!file) SFM_SKIP_OR_FAIL("the recordings of the official uploader are not there");
    const json recording = json::parse(std::ifstream(*file));
    std::size_t compared = 0;
    for (const json& run : recording.at("runs")) {
        const bool dpop = run.at("mode") == "DPoP";
        for (const json& request : run.at("requests")) {
            std::vector<std::string> names;
            std::istringstream lines(request.at("head").get<std::string>());
            std::string line;
            std::getline(lines, line);
            while (std::getline(lines, line)) {
                const auto colon = line.find(':');
                if (colon != std::string::npos) names.push_back(line.substr(0, colon));
            }
            EXPECT_EQ(names, names_seen(request.at("method"), dpop));
            ++compared;
        }
    }
    EXPECT_GE(compared, 60U);
}

TEST(OfficialUploader, AgainstEveryImitation_CompletesWithoutAComplaint) {
    if (!fs::exists(uploader_program())) SFM_SKIP_OR_FAIL("the .NET SDK 10 is not installed");
    const test::TemporaryFolder folder;
    write_export_of_chunks(folder / "export");
    const fs::path broken = scenario_folder() / "patch-reset-in-body.json";
    struct World {
        std::string name{};
        bool dpop = false;
        bool is_continued = false;  ///< a second start, with another SessionId, goes on
        std::unique_ptr<test::ServedMock> mock{};
    };
    std::vector<World> worlds;
    json jobs = json::array();
    for (const std::string_view profile : mockserver::profile_names()) {
        for (const char* front : {"", ",nginx"}) {
            for (const bool dpop : {false, true}) {
                for (const bool is_continued : {false, true}) {
                    World world{
                        .name = fmt::format("{}{} {} {}", profile, front, dpop, is_continued),
                        .dpop = dpop,
                        .is_continued = is_continued
                    };
                    std::vector<std::string> options = {"--imitate", std::string(profile) + front};
                    if (is_continued) {
                        options.insert(options.end(), {"--faults", broken.string()});
                    }
                    const fs::path place = folder / std::to_string(worlds.size());
                    fs::create_directories(place);
                    world.mock = std::make_unique<test::ServedMock>(place, options);
                    const int starts = is_continued ? 2 : 1;
                    jobs.push_back(
                        job(world.name, folder / "export", world.mock->port(), dpop, starts)
                    );
                    worlds.push_back(std::move(world));
                }
            }
        }
    }
    const json outcomes = run_jobs(folder.path(), jobs);
    ASSERT_EQ(outcomes.size(), worlds.size());
    std::size_t continued = 0;
    for (std::size_t i = 0; i < worlds.size(); ++i) {
        const World& world = worlds[i];
        SCOPED_TRACE(world.name);
        const json& starts = outcomes[i]["starts"];
        EXPECT_EQ(statuses(starts.back()), "completed 5");
        EXPECT_EQ(complaints(*world.mock), std::vector<std::string>());
        EXPECT_EQ(finished_uploads(*world.mock), 5);
        if (world.is_continued) {
            EXPECT_EQ(statuses(starts.front()), "completed 4, failed 1");
            EXPECT_EQ(sent(starts.back(), "POST"), 0U);
            ++continued;
        }
        for (const char* method : {"GET", "POST", "HEAD", "PATCH"}) {
            EXPECT_EQ(names_sent(*world.mock, method), names_seen(method, world.dpop));
        }
    }
    std::cout << worlds.size() << " runs, " << continued << " continued by another session\n";
}

}  // namespace
}  // namespace sfmkit
