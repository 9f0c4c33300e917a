#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

// Each option of `serve` that changes answers: one request that it refuses, the same request on a
// server without the option, and one beside it that differs in one thing.

namespace sfmkit {
namespace {

/// What curl prints of one request: the head of the answer.
std::string ask(const test::ServedMock& mock, std::vector<std::string> arguments) {
    std::vector<std::string> all = {"-sS", "-i", "-H", "Tus-Resumable: 1.0.0"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    if (!arguments.back().starts_with("http")) all.push_back(mock.url());
    return test::run_program("curl", all).output;
}

std::string post(const test::ServedMock& mock, const std::vector<std::string>& fields) {
    std::vector<std::string> arguments = {"-X", "POST"};
    for (const std::string& field : fields) arguments.insert(arguments.end(), {"-H", field});
    return ask(mock, arguments);
}

int status_in(const std::string& head) {
    return head.size() < 12 ? 0 : std::stoi(head.substr(9, 3));
}

struct Row {
    const char* name;
    std::vector<std::string> options;
    std::vector<std::string> refused;
    int status;
    std::vector<std::string> taken;
};

const std::vector<Row>& rows() {
    static const std::vector<Row> all = {
        {"MaxSize", {"--max-size", "100"}, {"Upload-Length: 101"}, 413, {"Upload-Length: 100"}},
        {"RequireMetadata",
         {"--require-metadata", "name"},
         {"Upload-Length: 1", "Upload-Metadata: other YQ=="},
         400,
         {"Upload-Length: 1", "Upload-Metadata: name YQ=="}},
        {"AuthAny",
         {"--auth", "any"},
         {"Upload-Length: 1"},
         401,
         {"Upload-Length: 1", "Authorization: Bearer x"}},
        {"WithoutDeferLength",
         {"--without", "creation-defer-length"},
         {"Upload-Defer-Length: 1"},
         400,
         {"Upload-Length: 1"}},
        {"EnforceOfAName",
         {"--enforce", "SFM-01"},
         {"Upload-Length: 1", "Upload-Metadata: other YQ=="},
         400,
         {"Upload-Length: 1", "Upload-Metadata: name YQ=="}},
        {"LimitOfMetadata",
         {"--limit", "metadata=8"},
         {"Upload-Length: 1", "Upload-Metadata: name YWE="},
         431,
         {"Upload-Length: 1", "Upload-Metadata: nam YWE="}},
    };
    return all;
}

void PrintTo(const Row& row, std::ostream* stream) {
    *stream << row.name;
}

class ServeOption : public testing::TestWithParam<Row> {};

TEST_P(ServeOption, RefusesWhatItIsAboutAndNothingElse) {
    if (!test::find_program("curl")) SFM_SKIP_OR_FAIL("curl is not installed");
    const test::TemporaryFolder folder;
    const test::ServedMock with(folder / "with", GetParam().options);
    const test::ServedMock without(folder / "without");
    EXPECT_EQ(status_in(post(with, GetParam().refused)), GetParam().status);
    EXPECT_EQ(status_in(post(without, GetParam().refused)), 201);
    EXPECT_EQ(status_in(post(with, GetParam().taken)), 201);
}

INSTANTIATE_TEST_SUITE_P(
    Refusals,
    ServeOption,
    testing::ValuesIn(rows()),
    [](const testing::TestParamInfo<Row>& one) { return std::string(one.param.name); }
);

TEST(ServeOptions, AboutExpiry_ChangeWhatTheAnswerTells) {
    if (!test::find_program("curl")) SFM_SKIP_OR_FAIL("curl is not installed");
    const test::TemporaryFolder folder;
    const test::ServedMock never(folder / "never", {"--expire", "0"});
    const test::ServedMock usual(folder / "usual");
    const std::string field = "Upload-Expires:";
    EXPECT_EQ(post(never, {"Upload-Length: 1"}).find(field), std::string::npos);
    EXPECT_NE(post(usual, {"Upload-Length: 1"}).find(field), std::string::npos);
}

TEST(ServeOptions, AboutExtensions_ChangeTheList) {
    if (!test::find_program("curl")) SFM_SKIP_OR_FAIL("curl is not installed");
    const test::TemporaryFolder folder;
    const test::ServedMock without(
        folder / "without", {"--without", "termination", "--without", "checksum"}
    );
    const std::string head = ask(without, {"-X", "OPTIONS"});
    EXPECT_EQ(status_in(head), 204);
    EXPECT_NE(head.find("creation-with-upload,checksum-trailer,"), std::string::npos) << head;
    EXPECT_EQ(head.find("Tus-Checksum-Algorithm"), std::string::npos) << head;
}

TEST(ServeOptions, WhenTheyCannotRefuse_AreRefused) {
    const auto serve = [](const std::vector<std::string>& options) {
        std::vector<std::string> arguments = {"serve", "--port", "0"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return test::run_program(test::build_folder() / "sfmkit", arguments);
    };
    for (const std::vector<std::string>& options :
         {std::vector<std::string>{"--enforce", "SFM-17"},
          {"--without", "creations"},
          {"--auth", "all"},
          {"--read-timeout", "long"},
          {"--limit", "expired-kept=1d"}}) {
        const auto run = serve(options);
        EXPECT_EQ(run.exit_code, 2) << run.output;
        EXPECT_NE(run.output.find(options.front()), std::string::npos) << run.output;
    }
}

}  // namespace
}  // namespace sfmkit
