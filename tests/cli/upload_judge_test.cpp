#include "cli/upload_judge.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/forwarding_files.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace sfmkit {
namespace {

/// Files with a defect: looking at one throws.
class ThrowingFiles final : public test::ForwardingFiles {
  public:
    using ForwardingFiles::ForwardingFiles;
    platform::Result<std::unique_ptr<platform::ReadableFile>>
    open_for_reading(const std::filesystem::path&) override {
        throw std::runtime_error("a defect");
    }
    platform::Result<std::optional<platform::FileStatus>> status(const std::filesystem::path&)
        override {
        throw std::runtime_error("a defect");
    }
};

mockserver::Upload upload_of(const char* id) {
    mockserver::Upload upload;
    upload.id = id;
    return upload;
}

TEST(UploadJudge, WhenJudgingThrows_SaysSoAndGoesOn) {
    platform::SystemFiles files;
    ThrowingFiles throwing(files);
    test::FixedClock clock(platform::WallTime{});
    platform::SystemRandom random;
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    std::ostringstream output;
    std::ostringstream error;
    cli::World world{throwing, clock, random, algorithms, output, error};
    cli::UploadJudge judge(world, platform::PrivateKey(platform::Openssl<EVP_PKEY>()));
    for (const char* id : {"first", "second"}) {
        judge.judge({.upload = upload_of(id), .file = "nowhere", .metadata = {}});
    }
    judge.finish();
    std::vector<std::string> lines;
    for (const auto& judged : judge.take_judged()) lines.push_back(judged.line);
    const std::vector<std::string> expected = {
        "not judged: first: a defect", "not judged: second: a defect"
    };
    EXPECT_EQ(lines, expected);
    EXPECT_TRUE(judge.take_judged().empty());
}

}  // namespace
}  // namespace sfmkit
