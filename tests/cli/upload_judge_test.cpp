#include "cli/upload_judge.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/forwarding_files.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

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
    {
        cli::UploadJudge judge(world, platform::PrivateKey(platform::Openssl<EVP_PKEY>()));
        for (const char* id : {"first", "second"}) {
            judge.judge({.upload = upload_of(id), .file = "nowhere", .metadata = {}});
        }
    }
    EXPECT_EQ(output.str(), "not judged: first: a defect\nnot judged: second: a defect\n");
}

}  // namespace
}  // namespace sfmkit
