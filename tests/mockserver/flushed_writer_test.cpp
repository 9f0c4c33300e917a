#include "mockserver/storage/flushed_writer.hpp"

#include "tests/mockserver/recording_text.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace sfmkit::mockserver {
namespace {

using std::chrono::milliseconds;

/// One body into one file; time stands still unless a test moves it.
class FlushedWrites {
  public:
    explicit FlushedWrites(std::optional<std::int64_t> limit = {})
        : file_(std::move(*files_.create(
              folder_ / "bytes", platform::Existing::keep_and_fail, platform::Access::owner_only
          ))),
          writer_(*file_, 0, {.threshold_bytes = 51200, .gap = milliseconds(100)}, limit) {}

    void push(std::uint64_t begin, std::uint64_t end) {
        const std::string bytes = test::stream_slice(begin, end);
        ASSERT_TRUE(writer_.push(platform::as_bytes(bytes), now_).has_value());
    }
    void pause() { now_ += milliseconds(250); }
    std::string stored() const { return test::read_file(folder_ / "bytes"); }
    FlushedWriter& writer() { return writer_; }

  private:
    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    std::unique_ptr<platform::WritableFile> file_;
    FlushedWriter writer_;
    platform::SteadyTime now_;
};

// Source: offsets that tusdotnet 2.11.1 showed after so many bytes and a cut (recorded).
TEST(FlushedWriter, AfterSoManyBytesAndACut_HasTheRecordedBytesOnDisk) {
    const std::pair<std::uint64_t, std::uint64_t> rows[] = {
        {1, 0}, {1000, 0}, {51199, 0}, {51201, 51201}, {60000, 60000}, {120000, 120000}
    };
    for (const auto& [came, on_disk] : rows) {
        FlushedWrites writes(200000);
        writes.push(0, came);
        ASSERT_TRUE(writes.writer().break_off().has_value());
        EXPECT_EQ(writes.stored(), test::stream_slice(0, on_disk)) << came;
    }
}

TEST(FlushedWriter, AfterAFlushAndAPause_HoldsBackAgain) {
    FlushedWrites writes(200000);
    writes.push(0, 60000);
    writes.pause();
    writes.push(60000, 61000);
    EXPECT_EQ(writes.stored().size(), 60000U);
    ASSERT_TRUE(writes.writer().finish().has_value());
    EXPECT_EQ(writes.stored(), test::stream_slice(0, 61000));
}

// Source: recorded; 260 000 bytes at once for 200 000 leave nothing, after a pause what came before
// it stays.
TEST(FlushedWriter, WithTooMuchData_LosesTheBurstThatWentBeyond) {
    FlushedWrites at_once(200000);
    at_once.push(0, 150000);
    at_once.push(150000, 260000);
    EXPECT_TRUE(at_once.writer().too_much_data());
    EXPECT_EQ(at_once.stored().size(), 0U);
    EXPECT_EQ(at_once.writer().written_bytes(), 0U);

    FlushedWrites in_two(200000);
    in_two.push(0, 150000);
    in_two.pause();
    in_two.push(150000, 260000);
    EXPECT_TRUE(in_two.writer().too_much_data());
    EXPECT_EQ(in_two.stored(), test::stream_slice(0, 150000));
}

TEST(FlushedWriter, WithExactlyWhatFits_TakesAll) {
    FlushedWrites writes(200000);
    writes.push(0, 150000);
    writes.push(150000, 200000);
    ASSERT_TRUE(writes.writer().finish().has_value());
    EXPECT_FALSE(writes.writer().too_much_data());
    EXPECT_EQ(writes.stored(), test::stream_slice(0, 200000));
}

TEST(FlushedWriter, WithALengthBelowItsOffset_RefusesAlsoAnEmptyBody) {
    FlushedWrites writes(-2);
    ASSERT_TRUE(writes.writer().finish().has_value());
    EXPECT_TRUE(writes.writer().too_much_data());
}

}  // namespace
}  // namespace sfmkit::mockserver
