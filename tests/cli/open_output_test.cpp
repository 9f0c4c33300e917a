#include "cli/commands.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/interrupted_files.hpp"
#include "tests/support/reference.hpp"

#include <CLI/App.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace sfmkit {
namespace {

namespace fs = std::filesystem;

class OpenOutput : public testing::Test {
  protected:
    std::vector<std::string> arguments(const std::string& file) const {
        return {"open", file, "--raw", "--key", exported_.key(), "--output", out_};
    }

    test::SealedExport exported_;
    std::string out_ = exported_.path("out.zip");
    std::string partial_ = out_ + ".partial";
};

TEST_F(OpenOutput, WhenInterrupted_LeavesNoPlaintext) {
    for (const int signal : {test::interrupt_signal, test::terminate_signal, test::hangup_signal}) {
        platform::SystemFiles system_files;
        test::InterruptedFiles files(system_files, signal);
        platform::SystemClock clock;
        platform::SystemRandom random;
        const auto algorithms = platform::CryptoAlgorithms::fetch();
        std::ostringstream output;
        std::ostringstream error;
        cli::World world{files, clock, random, algorithms, output, error};
        int exit_code = 0;
        CLI::App parser;
        cli::declare_open(parser, world, exit_code);
        auto words = arguments(exported_.patient_file());
        std::ranges::reverse(words);
        parser.parse(words);
        EXPECT_EQ(exit_code, 130) << error.str();
        EXPECT_TRUE(files.created());
        EXPECT_FALSE(fs::exists(out_));
        EXPECT_FALSE(fs::exists(partial_));
    }
}

TEST_F(OpenOutput, WhereLinkLiesInTheWay_DoesNotWriteThroughIt) {
    test::write_file(exported_.path("victim"), "mine");
    fs::create_symlink(exported_.path("victim"), out_);
    EXPECT_EQ(test::run_sfmkit(arguments(exported_.patient_file())).exit_code, 2);
    EXPECT_EQ(test::read_file(exported_.path("victim")), "mine");
    fs::remove(out_);
    fs::create_symlink(exported_.path("nothing"), out_);
    EXPECT_EQ(test::run_sfmkit(arguments(exported_.patient_file())).exit_code, 2);
    EXPECT_FALSE(fs::exists(exported_.path("nothing")));
}

TEST_F(OpenOutput, Always_IsForTheOwnerOnlyAndTheOnlyNewFile) {
    const auto count = [this] {
        const auto files = fs::recursive_directory_iterator(exported_.path("."));
        return std::distance(begin(files), end(files));
    };
    const auto before = count();
    ASSERT_EQ(test::run_sfmkit(arguments(exported_.patient_file())).exit_code, 0);
    EXPECT_EQ(count(), before + 1);
    EXPECT_EQ(fs::status(out_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace sfmkit
