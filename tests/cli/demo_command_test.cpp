#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace sfmkit {
namespace {

using testing::HasSubstr;

/// The demo once for all tests of this file: it is the longest command.
class Demo : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = new test::TemporaryFolder();
        const auto ran = test::run_program(
            test::build_folder() / "sfmkit", {"demo", "--output", (*folder_ / "demo").string()}
        );
        output_ = new std::string(ran.output);
        exit_code_ = ran.exit_code;
    }
    static void TearDownTestSuite() {
        delete output_;
        delete folder_;
    }

    static std::filesystem::path made(const std::string& name) {
        return *folder_ / ("demo/1/" + name);
    }

    static inline test::TemporaryFolder* folder_ = nullptr;
    static inline std::string* output_ = nullptr;
    static inline int exit_code_ = -1;
};

TEST_F(Demo, Always_SurvivesThreeInterruptionsAndConforms) {
    EXPECT_EQ(exit_code_, 0) << *output_;
    EXPECT_THAT(*output_, HasSubstr("connection cut after"));
    EXPECT_THAT(*output_, HasSubstr("lost after the server stored it"));
    EXPECT_THAT(*output_, HasSubstr("server killed (SIGKILL)"));
    EXPECT_THAT(*output_, HasSubstr("15 of 15 files, byte for byte equal"));
    EXPECT_THAT(*output_, HasSubstr("verdict   conforms: 0 errors, 0 warnings"));
}

TEST_F(Demo, ItsFiles_AreThereForTheNextCommands) {
    EXPECT_THAT(test::read_file(made("report.txt")), HasSubstr("CONFORMS"));
    EXPECT_THAT(test::read_file(made("report.json")), HasSubstr("\"conclusion\": \"conforms\""));
    const auto verified = test::run_program(
        test::build_folder() / "sfmkit",
        {"verify", made("export").string(), "--key", made("keys/recipient.key.pem").string()}
    );
    EXPECT_EQ(verified.exit_code, 0) << verified.output;
}

// Nobody listens there: the command gets as far as asking, so nothing of the demo stands in its
// way.
TEST_F(Demo, ItsExport_CanBeUploadedElsewhere) {
    const auto uploaded = test::run_program(
        test::build_folder() / "sfmkit",
        {"upload", made("export").string(), "--url", "http://127.0.0.1:1/files/", "--tries", "1"}
    );
    EXPECT_EQ(uploaded.exit_code, 3) << uploaded.output;
}

}  // namespace
}  // namespace sfmkit
