#include "fuzz/simulator/upload_simulation.hpp"
#include "mockserver/faults/fault_file.hpp"
#include "platform/log.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

// Every scenario file of fixtures/scenarios runs in the simulator and on sockets; a good client
// brings its export through all of them.

namespace sfmkit::fuzz {
namespace {

namespace fs = std::filesystem;

fs::path scenario_folder() {
    return test::source_folder() / "fixtures" / "scenarios";
}

std::vector<std::string> scenario_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(scenario_folder())) {
        if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

mockserver::Scenario scenario(const std::string& name) {
    const fs::path path = scenario_folder() / (name + ".json");
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    auto parsed = mockserver::parse_scenario(text.str(), path.string());
    if (!parsed) throw std::runtime_error(platform::describe(parsed.error()));
    return *parsed;
}

/// Files of several chunks; what is in them does not matter to an uploader.
void write_export(const fs::path& folder) {
    fs::create_directories(folder / "Patients0");
    std::ofstream(folder / "ExportData.dat") << std::string(9000, 'o');
    for (int i = 0; i < 4; ++i) {
        const std::string name = fmt::format("{:08x}-0000-4000-8000-000000000000.pat", i);
        std::ofstream(folder / "Patients0" / name)
            << std::string(7000 + static_cast<std::size_t>(i) * 100, 'p');
    }
}

class ScenarioFile : public testing::TestWithParam<std::string> {
  protected:
    ScenarioFile() { platform::set_log_level(platform::LogLevel::quiet); }
    ~ScenarioFile() override { platform::set_log_level(platform::LogLevel::info); }
};

TEST_P(ScenarioFile, InTheSimulator_IsSurvivedByAGoodClient) {
    constexpr std::uint64_t seeds = 20;
    const auto faults = scenario(GetParam()).faults;
    // A server that loses what it acknowledged breaks its word, and the simulator has to see it.
    const bool breaks_its_word = GetParam() == "lost-chunk";
    std::uint64_t strikes = 0;
    std::size_t server_failures = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SimulationOptions options;
        options.seed = seed;
        options.faults = faults;
        options.kept_events = 30;
        const SimulationResult result = simulate_upload(options);
        std::string told;
        for (const BrokenPromise& broken : result.wrong) told += broken.what + "\n";
        for (const std::string& line : result.last_events) told += "  " + line;
        if (!breaks_its_word) {
            ASSERT_TRUE(result.wrong.empty()) << "seed " << seed << "\n" << told;
        }
        server_failures += result.wrong.size();
        strikes += result.fault_strikes;
        EXPECT_EQ(simulate_upload(options).trace_hash, result.trace_hash) << "seed " << seed;
    }
    std::cout << strikes << " strikes in " << seeds << " seeds\n";
    EXPECT_GE(strikes, seeds / 2);
    EXPECT_EQ(server_failures > 0, breaks_its_word);
}

TEST_P(ScenarioFile, OnSockets_IsSurvivedByAGoodClient) {
    const test::TemporaryFolder folder;
    const fs::path program = test::build_folder() / "sfmkit";
    write_export(folder / "export");
    test::ServedMock mock(
        folder.path(), {"--faults", (scenario_folder() / (GetParam() + ".json")).string()}
    );
    const auto sent = test::run_program(
        program,
        {"upload", (folder / "export").string(), "--url", mock.url(), "--chunk-size", "2000"}
    );
    EXPECT_EQ(sent.exit_code, 0) << sent.output;
    EXPECT_EQ(mock.stop(), 0);
    EXPECT_NE(mock.log().find(" faults struck, trace "), std::string::npos) << mock.log();
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    ScenarioFile,
    testing::ValuesIn(scenario_names()),
    [](const auto& row) {
        std::string name = row.param;
        std::ranges::replace(name, '-', '_');
        return name;
    }
);

TEST(ScenarioCrash, OnSockets_EndsTheProcessAsKillDoes) {
    const test::TemporaryFolder folder;
    const fs::path file = folder / "crash.json";
    std::ofstream(file) << R"({"faults": [{"point": "after_store", "match": {"method": "POST"},)"
                           R"("action": {"do": "crash"}}]})";
    test::ServedMock mock(folder.path(), {"--faults", file.string()});
    const auto asked = test::run_program(
        "curl",
        {"-s",
         "-i",
         "-X",
         "POST",
         "-H",
         "Tus-Resumable: 1.0.0",
         "-H",
         "Upload-Length: 5",
         mock.url()}
    );
    EXPECT_EQ(asked.output, "");
    EXPECT_EQ(mock.stop(), 128 + 9);
    mock.start_again();
    const auto options = test::run_program("curl", {"-s", "-i", "-X", "OPTIONS", mock.url()});
    EXPECT_NE(options.output.find("204"), std::string::npos);
}

}  // namespace
}  // namespace sfmkit::fuzz
