#include "mockserver/evidence/database.hpp"
#include "tests/cli/npm_program.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

// Requests come from curl, a client that is not ours.

namespace sfmkit {
namespace {

using nlohmann::json;
using test::run_sfmkit;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* session = "0f8fad5b-d9cb-469f-a165-70867728950e";

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// A mock and what curl asks of it.
class Asked {
  public:
    explicit Asked(const std::filesystem::path& folder, std::vector<std::string> options = {})
        : mock(folder, std::move(options)) {}

    std::string curl(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"-sS", "-i", "-H", "Tus-Resumable: 1.0.0"});
        return test::run_program("curl", arguments).output;
    }
    /// Creates an upload named a.pat and gives its id.
    std::string create(int length) const {
        const std::string answer = curl(
            {"-X",
             "POST",
             "-H",
             "Upload-Length: " + std::to_string(length),
             // `a.pat` and the session of all tests here, in Base64.
             "-H",
             "Upload-Metadata: name YS5wYXQ=,SessionId "
             "MGY4ZmFkNWItZDljYi00NjlmLWExNjUtNzA4Njc3Mjg5NTBl",
             url()}
        );
        const std::string label = "Location: /files/";
        const std::size_t begin = answer.find(label) + label.size();
        return answer.substr(begin, answer.find('\r', begin) - begin);
    }
    std::string patch(const std::string& id, int offset, const std::string& bytes) const {
        return curl(
            {"-X",
             "PATCH",
             "-H",
             "Upload-Offset: " + std::to_string(offset),
             "-H",
             "Content-Type: application/offset+octet-stream",
             "--data-binary",
             bytes,
             url() + "/" + id}
        );
    }
    std::string folder() const { return mock.data_folder().string(); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(mock.port()) + "/files"; }

    test::ServedMock mock;
};

class EvidenceCommand : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("curl")) SFM_SKIP_OR_FAIL("curl is not installed");
    }
    test::TemporaryFolder root_;
};

TEST_F(EvidenceCommand, Log_WhileTheServerRuns_HasALineForEachRequest) {
    const Asked asked(root_ / "mock");
    const std::string id = asked.create(8);
    asked.patch(id, 0, "abcd");
    asked.patch(id, 2, "cdef");
    const auto run = run_sfmkit({"evidence", "log", asked.folder()});
    EXPECT_EQ(run.exit_code, 0);
    const auto lines = lines_of(run.output);
    ASSERT_EQ(lines.size(), 4U) << run.output;
    EXPECT_THAT(lines[0], StartsWith("run 1 as tusdotnet-2021, seed 1, sfmkit "));
    EXPECT_THAT(lines[0], HasSubstr("not ended"));
    EXPECT_THAT(lines[1], HasSubstr(" 1.1 POST /files -> 201, offset 0 -> 0"));
    EXPECT_THAT(lines[2], HasSubstr(" 2.1 PATCH /files/" + id + " -> 204, body 4, offset 0 -> 4"));
    EXPECT_THAT(lines[3], HasSubstr(" 3.1 PATCH /files/" + id + " -> 409"));
}

TEST_F(EvidenceCommand, Log_WithAChoice_TellsNoOtherRequest) {
    Asked asked(root_ / "mock");
    const std::string id = asked.create(4);
    asked.patch(id, 0, "abcd");
    asked.curl({asked.url() + "/nothing"});
    ASSERT_EQ(asked.mock.stop(), 0);
    asked.mock.start_again();
    asked.curl({"--head", asked.url() + "/" + id});
    const auto statuses = [&asked](std::vector<std::string> choice) {
        std::vector<int> all;
        choice.insert(choice.begin(), {"evidence", "log", asked.folder(), "--json"});
        const auto run = run_sfmkit(choice);
        EXPECT_EQ(run.exit_code, 0) << run.output;
        for (const std::string& line : lines_of(run.output)) {
            const json told = json::parse(line);
            if (told["kind"] == "request") all.push_back(told["status"]);
        }
        return all;
    };
    EXPECT_THAT(statuses({}), ElementsAre(201, 204, 404, 200));
    EXPECT_THAT(statuses({"--upload", id}), ElementsAre(201, 204, 200));
    EXPECT_THAT(statuses({"--session", session}), ElementsAre(201, 204, 200));
    EXPECT_THAT(statuses({"--session", "another"}), ElementsAre());
    EXPECT_THAT(statuses({"--run", "1"}), ElementsAre(201, 204, 404));
    EXPECT_THAT(statuses({"--run", "2", "--upload", id}), ElementsAre(200));
}

TEST_F(EvidenceCommand, Credentials_OfAnyRequest_AreNowhereInTheFolder) {
    Asked asked(root_ / "mock");
    asked.curl(
        {"-H",
         "Authorization: Bearer needle-of-a-token",
         "-H",
         "X-Trace: needle-of-a-trace",
         asked.url() + "?access_token=needle-of-a-target"}
    );
    ASSERT_EQ(asked.mock.stop(), 0);
    std::string all = run_sfmkit({"evidence", "har", asked.folder()}).output;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(asked.folder())) {
        if (entry.is_regular_file()) all += test::read_file(entry.path());
    }
    EXPECT_THAT(all, HasSubstr("needle-of-a-trace"));
    EXPECT_THAT(all, HasSubstr("Bearer sha256:"));
    EXPECT_THAT(all, Not(HasSubstr("needle-of-a-token")));
    EXPECT_THAT(all, Not(HasSubstr("needle-of-a-target")));
}

TEST_F(EvidenceCommand, Faults_ThatStruck_StandWithTheirRequest) {
    test::write_file(
        root_ / "faults.json",
        R"({"name":"f","faults":[{"name":"lose it","point":"after_store",)"
        R"("match":{"method":"PATCH"},"action":{"do":"reset"}}]})"
    );
    const Asked asked(root_ / "mock", {"--faults", (root_ / "faults.json").string()});
    const std::string id = asked.create(4);
    asked.patch(id, 0, "abcd");
    asked.curl({"--head", asked.url() + "/" + id});
    const auto lines = lines_of(run_sfmkit({"evidence", "log", asked.folder()}).output);
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_THAT(lines[2], HasSubstr(" -> no answer (silenced), body 4, offset 0 -> 4"));
    EXPECT_THAT(lines[2], HasSubstr(", faults: lose it"));
    EXPECT_THAT(lines[3], Not(HasSubstr("faults")));
}

TEST_F(EvidenceCommand, Har_ReadByHarValidator_IsValidAndWhole) {
    const auto validator = test::npm_program("har", "har-validator", "check_har.mjs");
    if (validator.empty()) SFM_SKIP_OR_FAIL("npm cannot install har-validator");
    const Asked asked(root_ / "mock", {"--imitate", "strict-spec"});
    const std::string id = asked.create(4);
    asked.patch(id, 0, "abcd");
    asked.curl({"-g", asked.url() + "/no\"such|{x}?a=1&b"});
    asked.curl({"-H", "Host:", asked.url() + "/x%FF"});
    asked.curl({"-X", "OPTIONS", "-H", "X-Odd: \xff\xfe", asked.url()});
    const auto run = run_sfmkit({"evidence", "har", asked.folder()});
    ASSERT_EQ(run.exit_code, 0);
    const auto seen_in = [&](const std::string& har) {
        test::write_file(root_ / "log.har", har);
        const auto judged =
            test::run_program("node", {validator.string(), (root_ / "log.har").string()});
        return json::parse(judged.output);
    };
    const json seen = seen_in(run.output);
    EXPECT_TRUE(seen["valid"]) << seen["complaints"];
    ASSERT_EQ(seen["entries"].size(), 5U) << run.output;
    EXPECT_EQ(seen["entries"][0]["status"], 201);
    EXPECT_EQ(seen["entries"][1]["path"], "/files/" + id);
    EXPECT_EQ(seen["entries"][1]["sent"], 4);
    EXPECT_EQ(seen["entries"][1]["status"], 204);
    EXPECT_EQ(seen["entries"][4]["method"], "OPTIONS");

    json broken = json::parse(run.output);
    broken["log"]["entries"][1]["request"].erase("headersSize");
    EXPECT_FALSE(seen_in(broken.dump())["valid"]) << "the validator takes anything";
}

TEST_F(EvidenceCommand, Diff_OfRunsThatDifferInIdsAndPorts_IsEqual) {
    for (const char* name : {"one", "two"}) {
        const Asked asked(root_ / name);
        const std::string id = asked.create(4);
        asked.patch(id, 0, "abcd");
    }
    const auto data = [this](const char* name) { return (root_ / name / "data").string(); };
    const auto equal = run_sfmkit({"evidence", "diff", data("one"), data("two")});
    EXPECT_EQ(equal.exit_code, 0) << equal.output;
    EXPECT_THAT(equal.output, HasSubstr("EQUAL: 2 requests equal, 0 different"));

    // What could not be kept might have been different.
    auto database = mockserver::Database::open(
        root_ / "two" / "data" / "evidence.sqlite", mockserver::Database::Mode::create
    );
    ASSERT_TRUE(database && database->run("UPDATE runs SET gap = 1"));
    const auto gap = run_sfmkit({"evidence", "diff", data("one"), data("two")});
    EXPECT_EQ(gap.exit_code, 3) << gap.output;
    EXPECT_THAT(gap.output, HasSubstr("INCONCLUSIVE"));
}

TEST_F(EvidenceCommand, Diff_OfRunsWithAnotherAnswer_TellsTheFirstDifference) {
    for (const int offset : {0, 1}) {
        const Asked asked(root_ / std::to_string(offset));
        const std::string id = asked.create(4);
        asked.patch(id, offset, "abcd");
        if (offset == 1) asked.curl({"--head", asked.url() + "/" + id});
    }
    const auto run = run_sfmkit(
        {"evidence", "diff", (root_ / "0" / "data").string(), (root_ / "1" / "data").string()}
    );
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_THAT(
        run.output,
        HasSubstr("first difference: request 2 of a.pat: PATCH /files/<id 2>\n"
                  "  status\n    A: 204\n    B: 409\n")
    );
    EXPECT_THAT(
        run.output, HasSubstr("DIFFERENT: 1 request equal, 1 different, 0 only in A, 1 only in B")
    );
}

TEST_F(EvidenceCommand, Diff_OfOneFolder_ComparesItsLastTwoRuns) {
    Asked asked(root_ / "mock");
    const auto diff = [&] { return run_sfmkit({"evidence", "diff", asked.folder()}); };
    EXPECT_EQ(diff().exit_code, 2) << "there is one run only";
    const auto ask = [&] { asked.curl({asked.url() + "/nothing"}); };
    ask();
    asked.mock.start_again();
    ask();
    EXPECT_EQ(diff().exit_code, 0) << diff().output;
    ask();
    EXPECT_EQ(diff().exit_code, 1) << diff().output;
    asked.mock.start_again();
    asked.mock.start_again();
    EXPECT_EQ(diff().exit_code, 3) << "nothing was asked in either: " << diff().output;
}

TEST_F(EvidenceCommand, Log_OfAFolderWithoutEvidence_SaysWhatToDo) {
    const Asked asked(root_ / "mock", {"--no-evidence"});
    asked.create(4);
    const auto none = run_sfmkit({"evidence", "log", asked.folder()});
    EXPECT_EQ(none.exit_code, 2);
    EXPECT_THAT(none.output, HasSubstr("there is no evidence: " + asked.folder()));
    EXPECT_THAT(none.output, HasSubstr("next: "));

    test::write_file(std::filesystem::path(asked.folder()) / "evidence.sqlite", "no database");
    const auto foreign = run_sfmkit({"evidence", "har", asked.folder()});
    EXPECT_EQ(foreign.exit_code, 2) << foreign.output;
    EXPECT_THAT(foreign.output, HasSubstr("evidence.sqlite"));
    EXPECT_EQ(run_sfmkit({"evidence"}).exit_code, 2);
}

TEST_F(EvidenceCommand, Log_OfARunThatIsNotThere_IsRefused) {
    const Asked asked(root_ / "mock");
    EXPECT_EQ(run_sfmkit({"evidence", "log", asked.folder(), "--run", "1"}).exit_code, 0);
    const auto run = run_sfmkit({"evidence", "log", asked.folder(), "--run", "2"});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_THAT(run.output, HasSubstr("the evidence holds no such run"));
}

}  // namespace
}  // namespace sfmkit
