#include "tests/cli/bad_input.hpp"
#include "tests/support/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit {
namespace {

using test::Outcome;
using test::Scene;
using testing::HasSubstr;

// One job, so that the small file is not read beside the large one. No Rapport names the reports
// of the scene.
constexpr const char* verify =
    "verify @/export --key @/keys/recipient.key.pem --jobs 1 --severity @/severities";
constexpr const char* upload = "upload @/export --url %url --parallel 1 --tries 2";
constexpr const char* seal = "seal @/large.zip @/out/large.rpt --recipient @/keys/recipient.cer";

/// An export with a report that takes a while to read, and one that comes after it.
class ChangingFolder : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("zip")) SFM_SKIP_OR_FAIL("zip is not installed");
        scene_.prepare(
            "head -c 64000000 /dev/urandom >noise && zip -q -0 large.zip noise && rm noise && "
            "mkdir -p export/Reports0 && echo 'ORG-22 off' >severities"
        );
        const auto sealed = scene_.run("seal @/large.zip @/" + large() + recipient);
        ASSERT_EQ(sealed.exit_code, 0) << sealed.messages;
        const auto small = scene_.run("seal @/plain.zip @/" + last() + recipient);
        ASSERT_EQ(small.exit_code, 0) << small.messages;
    }

    static std::string large() {
        return "export/Reports0/00000000-0000-4000-8000-000000000001.rpt";
    }
    static std::string last() { return "export/Reports0/ffffffff-ffff-4fff-bfff-fffffffffff1.rpt"; }

    static constexpr const char* recipient = " --recipient @/keys/recipient.cer --ext xps";
    Scene scene_;
};

TEST_F(ChangingFolder, FileThatGoesAway_MakesVerifyInconclusive) {
    const Outcome run = scene_.run_while(verify, large(), "rm " + last());
    EXPECT_EQ(run.exit_code, 3) << run.output << run.messages;
    EXPECT_THAT(run.output, HasSubstr("INCONCLUSIVE"));
    EXPECT_THAT(run.output, HasSubstr("changed while it was read: Reports0/ffffffff"));
    EXPECT_EQ(run.messages, "");
}

TEST_F(ChangingFolder, FileThatIsCut_IsToldByVerify) {
    const Outcome run = scene_.run_while(verify, large(), "truncate -s 1000000 " + large());
    EXPECT_THAT(run.exit_code, testing::AnyOf(1, 3)) << run.output << run.messages;
    EXPECT_THAT(run.output, HasSubstr("the file changed or went away while it was read"));
}

TEST_F(ChangingFolder, FileThatIsNew_DoesNotConcernVerify) {
    const Outcome run =
        scene_.run_while(verify, large(), "cp " + last() + " export/Reports0/fffff.rpt");
    EXPECT_EQ(run.exit_code, 0) << run.output << run.messages;
}

TEST_F(ChangingFolder, FileThatGoesAway_IsRefusedByUploadAndTheRestArrives) {
    const Outcome run = scene_.run_while(upload, large(), "rm " + last());
    EXPECT_EQ(run.exit_code, 1) << run.output << run.messages;
    EXPECT_THAT(run.messages, HasSubstr("ffffffff-ffff-4fff-bfff-fffffffffff1.rpt: error: "));
    EXPECT_THAT(run.messages, HasSubstr("next: "));
    EXPECT_THAT(run.output, HasSubstr("uploaded 5 of 6 files"));
}

TEST_F(ChangingFolder, FileThatGrows_IsRefusedByUpload) {
    const Outcome run = scene_.run_while(upload, large(), "echo more >>" + last());
    EXPECT_EQ(run.exit_code, 1) << run.output << run.messages;
    EXPECT_THAT(run.messages, HasSubstr("the file is not what it was"));
    EXPECT_THAT(run.messages, HasSubstr("[ERR-changed]"));
}

TEST_F(ChangingFolder, FileThatIsCut_IsNotSealed) {
    const auto before = scene_.listing();
    const Outcome run = scene_.run_while(seal, "large.zip", "truncate -s 1000000 large.zip");
    EXPECT_EQ(run.exit_code, 1) << run.messages;
    test::expect_one_error(run);
    EXPECT_THAT(run.messages, HasSubstr("changed while it was read"));
    EXPECT_THAT(run.messages, HasSubstr("[ERR-changed]"));
    auto after = scene_.listing();
    after["large.zip"] = before.at("large.zip");
    EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace sfmkit
