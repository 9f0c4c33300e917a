#include "mockserver/storage/stepped_writer.hpp"

#include "tests/mockserver/recording_text.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sfmkit::mockserver {
namespace {

using std::chrono::milliseconds;

/// One body into one file; time stands still unless a test moves it.
class SteppedWrites {
  public:
    explicit SteppedWrites(
        std::optional<std::int64_t> limit = {}, std::optional<std::uint64_t> announced = {}
    )
        : file_(std::move(*files_.create(
              folder_ / "bytes", platform::Existing::keep_and_fail, platform::Access::owner_only
          ))),
          writer_(*file_, {.step_bytes = 51200, .gap = milliseconds(100)}, limit, announced) {}

    void push(std::uint64_t begin, std::uint64_t end) {
        const std::string bytes = test::stream_slice(begin, end);
        ASSERT_TRUE(writer_.push(platform::as_bytes(bytes), now_).has_value());
    }
    void pause() { now_ += milliseconds(250); }
    std::string stored() const { return test::read_file(folder_ / "bytes"); }
    SteppedWriter& writer() { return writer_; }

  private:
    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    std::unique_ptr<platform::WritableFile> file_;
    SteppedWriter writer_;
    platform::SteadyTime now_;
};

// Source: bytes that tusdotnet 2.5.0 had on disk after so many came (recorded).
TEST(SteppedWriter, AfterSoManyBytes_HasTheRecordedStepsOnDisk) {
    const std::pair<std::uint64_t, std::uint64_t> rows[] = {
        {1000, 0},
        {51199, 0},
        {51201, 51200},
        {60000, 51200},
        {102400, 51200},
        {120000, 102400},
        {199999, 153600},
        {300000, 256000}
    };
    for (const auto& [came, on_disk] : rows) {
        SteppedWrites writes(524288, 524288);
        writes.push(0, came);
        EXPECT_EQ(writes.stored().size(), on_disk) << came;
    }
}

TEST(SteppedWriter, WithPauses_HasTheRecordedPiecesOnDisk) {
    SteppedWrites writes(200000, 100000);
    writes.push(0, 1000);
    writes.pause();
    writes.push(1000, 60000);
    EXPECT_EQ(writes.stored().size(), 52200U);
}

TEST(SteppedWriter, WithTooMuchData_StopsWhereRecorded) {
    SteppedWrites at_once(200000, 260000);
    at_once.push(0, 260000);
    EXPECT_TRUE(at_once.writer().too_much_data());
    EXPECT_EQ(at_once.writer().received_bytes(), 204800U);
    EXPECT_EQ(at_once.stored().size(), 102400U);
    SteppedWrites in_two(200000, 260000);
    in_two.push(0, 150000);
    in_two.pause();
    in_two.push(150000, 260000);
    EXPECT_EQ(in_two.writer().received_bytes(), 201200U);
    EXPECT_EQ(in_two.stored().size(), 102400U);
}

TEST(SteppedWriter, OfWholeBody_KeepsEveryByteInOrder) {
    rc::check("any pieces and pauses", [] {
        const auto pieces = *rc::gen::container<std::vector<std::uint64_t>>(
            rc::gen::inRange<std::uint64_t>(1, 120000)
        );
        SteppedWrites writes;
        std::uint64_t at = 0;
        for (const std::uint64_t size : pieces) {
            if (*rc::gen::arbitrary<bool>()) writes.pause();
            writes.push(at, at + size);
            at += size;
        }
        RC_ASSERT(writes.writer().finish().has_value());
        RC_ASSERT(writes.writer().written_bytes() == at);
        RC_ASSERT(writes.stored() == test::stream_slice(0, at));
    });
}

}  // namespace
}  // namespace sfmkit::mockserver
