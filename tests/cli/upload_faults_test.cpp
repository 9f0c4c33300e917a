#include "tests/cli/mock_evidence.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <set>

// Faults of the catalogue on real sockets: `sfmkit upload` against `sfmkit serve --faults`. The bad
// clients for the same faults are those of tests/client/faults; here one that never tries again
// shows that a scenario can be failed.

namespace sfmkit {
namespace {

namespace fs = std::filesystem;

constexpr int all_files = 5;
constexpr int final_refusal = 1;
constexpr int run_again = 3;

/// A scenario of fixtures/scenarios/faults and what a good client makes of it.
struct FaultOnSockets {
    std::string scenario;
    int exit_code = 0;
    int whole = all_files;
    /// Rules that the mock holds against the client because of what the fault did; each one is
    /// said.
    std::set<std::string> rules{};
};

void PrintTo(const FaultOnSockets& fault, std::ostream* stream) {
    *stream << fault.scenario;
}

const std::vector<FaultOnSockets>& faults() {
    static const std::vector<FaultOnSockets> rows = {
        {"f01-reset-in-body"},
        {"f02-unavailable"},
        {"f03-answer-lost"},
        {"f04-stored-in-part"},
        {"f05-offset-beyond"},
        {"f07-conflict-twice"},
        {"f08-conflict"},
        {"f09-locked-as-conflict"},
        {"f10-locked"},
        {"f11-other-length", final_refusal, all_files - 1, {"SFM-17"}},
        {"f12-head-unavailable"},
        {"f13-gone", 0, all_files, {"SFM-14", "SFM-17"}},
        {"f17-last-chunk-in-part"},
        {"f18-last-answer-lost"},
        {"f19-empty-file"},
        {"f22-html-502"},
        {"f25-retry-after"},
        {"f26-too-many"},
        {"f27-forbidden", final_refusal, all_files - 1, {"SFM-17"}},
        {"f28-too-large", final_refusal, all_files - 1, {"SFM-17"}},
        {"f29-passing-4xx"},
        {"f30-token-expired", 0, all_files, {"AUT-02"}},
        {"f32-other-origin", final_refusal, all_files - 1, {"SFM-17"}},
        {"f33-redirect-301", final_refusal, all_files - 1, {"SFM-17"}},
        {"f33-redirect-308", final_refusal, all_files - 1},
        {"f35-html-page"},
        {"f36-head-of-a-cache"},
        {"f44-corrupt"},
        {"f48-lower-case"},
        {"f53-slow-answers"},
        {"f57-organisation-late"},
        {"f58-one-refused", final_refusal, all_files - 1, {"SFM-17"}},
        {"f59-last-answer-of-a-patient-lost"},
        {"f61-another-pod", 0, all_files, {"SFM-14", "SFM-17"}},
        {"e5-chunked-creation"},
        {"e5-gzip-error"},
        {"e5-head-with-length"},
        {"e5-http-1.0"},
    };
    return rows;
}

/// Files of several chunks, and one without bytes.
void write_export(const fs::path& folder) {
    fs::create_directories(folder / "Patients0");
    std::ofstream(folder / "ExportData.dat") << std::string(9000, 'o');
    for (std::size_t i = 0; i + 1 < all_files; ++i) {
        const std::string name = fmt::format("{:08x}-0000-4000-8000-000000000000.pat", i);
        std::ofstream(folder / "Patients0" / name) << std::string(i == 0 ? 0 : 7000 + i, 'p');
    }
}

/// The mock under one scenario, and an upload to it.
struct Played {
    Played(const std::string& scenario, const std::vector<std::string>& more)
        : mock(folder.path(), options(scenario)) {
        write_export(folder / "export");
        std::vector<std::string> arguments{
            "upload", (folder / "export").string(), "--url", mock.url(), "--chunk-size", "2000"
        };
        if (wants_token(scenario)) {
            arguments.insert(arguments.end(), {"--token-command", "date +token%N"});
        }
        arguments.insert(arguments.end(), more.begin(), more.end());
        upload = test::run_program(test::build_folder() / "sfmkit", arguments);
        stopped = mock.stop();
    }

    static bool wants_token(const std::string& scenario) { return scenario.starts_with("f30"); }
    static std::vector<std::string> options(const std::string& scenario) {
        const fs::path scenarios = test::source_folder() / "fixtures" / "scenarios" / "faults";
        std::vector<std::string> options{"--faults", (scenarios / (scenario + ".json")).string()};
        if (wants_token(scenario)) options.insert(options.end(), {"--auth", "presence"});
        return options;
    }

    test::TemporaryFolder folder;
    test::ServedMock mock;
    test::ProgramRun upload;
    std::optional<int> stopped;
};

class UploadFault : public testing::TestWithParam<FaultOnSockets> {};

TEST_P(UploadFault, OnSockets_IsMetAsAGoodClientDoes) {
    const FaultOnSockets& fault = GetParam();
    const Played played(fault.scenario, {});
    EXPECT_EQ(played.upload.exit_code, fault.exit_code) << played.upload.output;
    EXPECT_EQ(played.stopped, 0);
    EXPECT_EQ(test::finished_uploads(played.mock), fault.whole);
    EXPECT_FALSE(test::evidence_of(played.mock).faults(0, 0, 1).value().empty());
    std::set<std::string> rules;
    for (const std::string& complaint : test::complaints(played.mock)) {
        rules.insert(complaint.substr(0, complaint.find(':')));
    }
    EXPECT_EQ(rules, fault.rules) << played.mock.log();
}

INSTANTIATE_TEST_SUITE_P(Catalogue, UploadFault, testing::ValuesIn(faults()), [](const auto& row) {
    std::string name = row.param.scenario;
    for (char& c : name) {
        if (c == '-' || c == '.') c = '_';
    }
    return name;
});

TEST(UploadFaults, EveryScenarioFile_IsARow) {
    std::set<std::string> names;
    std::set<std::string> numbers;
    for (const FaultOnSockets& row : faults()) {
        names.insert(row.scenario + ".json");
        if (row.scenario.starts_with('f')) numbers.insert(row.scenario.substr(0, 3));
    }
    const fs::path folder = test::source_folder() / "fixtures" / "scenarios" / "faults";
    std::set<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        files.insert(entry.path().filename().string());
    }
    EXPECT_EQ(names, files);
    EXPECT_GE(numbers.size(), 25U);
}

TEST(UploadFaults, ClientThatNeverTriesAgain_FailsWhatAGoodOnePasses) {
    for (const char* scenario : {"f01-reset-in-body", "f26-too-many", "f44-corrupt"}) {
        const Played played(scenario, {"--tries", "1"});
        EXPECT_EQ(played.upload.exit_code, run_again) << scenario << played.upload.output;
        EXPECT_LT(test::finished_uploads(played.mock), all_files) << scenario;
    }
}

}  // namespace
}  // namespace sfmkit
