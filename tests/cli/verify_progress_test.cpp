#include "cli/verify_progress.hpp"

#include "platform/clock.hpp"
#include "platform/process.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <sstream>
#include <thread>

namespace sfmkit {
namespace {

using cli::print_verify_progress;
using platform::Duration;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST(VerifyProgress, BeforeARateIsKnown_CountsOnly) {
    const verifier::VerifyProgress progress{20, 4000, 1, 200};
    EXPECT_EQ(print_verify_progress(progress, 1, Duration(499)), "1/20 files  1 finding");
    EXPECT_EQ(print_verify_progress({20, 4000, 0, 0}, 0, Duration(9000)), "0/20 files  0 findings");
}

TEST(VerifyProgress, LaterOn_TellsRateAndWhatIsLeft) {
    // 1 000 of 4 000 bytes in 2 s: the other 3 000 take 6 s, rounded up.
    EXPECT_EQ(
        print_verify_progress({20, 4000, 5, 1000}, 12, Duration(2000)),
        "5/20 files  12 findings  2.5 files/s  7 s left"
    );
    const auto at_the_end = print_verify_progress({20, 4000, 20, 4000}, 12, Duration(8000));
    EXPECT_THAT(at_the_end, Not(HasSubstr("left")));
}

TEST(VerifyProgress, OfAMillionFiles_FitsIntoALine) {
    const verifier::VerifyProgress progress{1'000'000, 900'000'000'000, 999'999, 5'000'000'000};
    EXPECT_LE(print_verify_progress(progress, 99'999'999, Duration(99'000'000)).size(), 79U);
}

/// Counts what is handed on.
struct CountingObserver final : verifier::VerifyObserver {
    void begun(const findings::Report& /*r*/, const verifier::VerifyProgress& /*p*/) override {
        ++calls;
    }
    void judged(
        const findings::Report& /*r*/,
        std::span<const findings::Finding> added,
        const verifier::VerifyProgress& /*p*/
    ) override {
        ++calls;
        handed_on += added.size();
    }
    int calls = 0;
    std::size_t handed_on = 0;
};

TEST(VerifyProgress, Line_IsDrawnTenTimesASecondAtMostAndWipedAtTheEnd) {
    test::HandClock clock;
    std::ostringstream stream;
    CountingObserver next;
    const findings::Report report;
    const std::vector<findings::Finding> found(2);
    {
        cli::VerifyProgressLine line(stream, clock, next);
        line.begun(report, {3, 300, 0, 0});
        line.judged(report, found, {3, 300, 1, 100});
        clock.now += Duration(100);
        line.judged(report, found, {3, 300, 2, 200});
    }
    EXPECT_EQ(next.calls, 3);
    EXPECT_EQ(next.handed_on, 4U);
    const std::string blanks(std::string("2/3 files  0 findings").size(), ' ');
    EXPECT_EQ(stream.str(), "\r0/3 files  0 findings\r2/3 files  0 findings\r" + blanks + "\r");
}

/// An export that takes a while, its key beside it.
class VerifyOfManyPatients : public testing::Test {
  protected:
    void SetUp() override {
        const auto keys = test::run_sfmkit({"keys", "new", path("keys")});
        ASSERT_EQ(keys.exit_code, 0) << keys.output;
        const auto made = test::run_sfmkit(
            {"generate",
             path("export"),
             "--patients",
             "400",
             "--recipient",
             path("keys/recipient.cer")}
        );
        ASSERT_EQ(made.exit_code, 0) << made.output;
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }

    test::TemporaryFolder folder_;
};

TEST_F(VerifyOfManyPatients, OnATerminal_ShowsHowFarItIs) {
    if (!test::find_program("script")) SFM_SKIP_OR_FAIL("script of util-linux is not installed");
    const std::string command = (test::build_folder() / "sfmkit").string() + " verify " +
                                path("export") + " --key " + path("keys/recipient.key.pem");
    const auto shown = test::run_program("script", {"-qec", command, "/dev/null"});
    EXPECT_EQ(shown.exit_code, 0) << shown.output;
    EXPECT_THAT(shown.output, HasSubstr("\r0/403 files  0 findings"));
    EXPECT_THAT(shown.output, ContainsRegex("\r[1-9][0-9]*/403 files  "));
    EXPECT_THAT(shown.output, HasSubstr("CONFORMS: "));

    const auto apart = test::run_program("bash", {"-c", command + " 2>&1 | cat"});
    EXPECT_THAT(apart.output, HasSubstr("CONFORMS: "));
    EXPECT_THAT(apart.output, Not(HasSubstr("/403 files")));
}

TEST_F(VerifyOfManyPatients, WhenInterrupted_WritesAPartialReport) {
    auto started = platform::ChildProcess::start({
        .program = test::build_folder() / "sfmkit",
        .arguments =
            {"verify",
             path("export"),
             "--key",
             path("keys/recipient.key.pem"),
             "--jobs",
             "1",
             "--report",
             "json=" + path("report.json"),
             "--report",
             "ndjson=" + path("lines.ndjson")},
        .output = path("log"),
    });
    ASSERT_TRUE(started);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    // Its first line is written when the work begins.
    while (!std::filesystem::exists(path("lines.ndjson")) ||
           std::filesystem::file_size(path("lines.ndjson")) == 0) {
        ASSERT_LT(std::chrono::steady_clock::now(), end);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    started->interrupt();
    EXPECT_EQ(started->wait_for(std::chrono::seconds(30)), 130);
    const auto report = nlohmann::json::parse(test::read_file(path("report.json")));
    EXPECT_EQ(report.at("verdict").at("conclusion"), "inconclusive") << report.at("verdict");
    EXPECT_THAT(report.at("verdict").at("reason").get<std::string>(), HasSubstr("interrupted"));
    EXPECT_LT(report.at("coverage").at("files"), 403);
    EXPECT_THAT(test::read_file(path("log")), HasSubstr("interrupted after"));
}

}  // namespace
}  // namespace sfmkit
