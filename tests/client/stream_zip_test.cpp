#include "client/encoder/zip_writer.hpp"
#include "platform/random.hpp"
#include "tests/support/forwarding_files.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::Bytes;

constexpr std::chrono::local_seconds some_time =
    std::chrono::local_days(std::chrono::year(2024) / 1 / 18);

std::vector<ZipEntry> two_entries() {
    return {
        {.name = "b.xml", .content = platform::as_bytes("<second/>")},
        {.name = "a.xml", .content = platform::as_bytes("<first/>")},
    };
}

/// More than is kept of an entry once it is packed, and nothing that packing makes smaller.
std::string large_content() {
    platform::SeededRandom random(8);
    std::string content(3'000'000, '\0');
    random.fill(std::as_writable_bytes(std::span(content)));
    return content;
}

// Oracle: Info-ZIP.
TEST(StreamZip, OfLargeFile_GivesSmallPiecesOfASoundArchive) {
    if (!test::find_program("unzip")) SFM_SKIP_OR_FAIL("unzip is not installed");
    const test::TemporaryFolder folder;
    platform::SystemFiles files;
    const std::string content = large_content();
    test::write_file(folder / "large.xml", content);
    auto entries = two_entries();
    entries.push_back({.name = "large.xml", .content = ZipEntryFile{files, folder / "large.xml"}});
    for (const ZipMethod method : {ZipMethod::deflate, ZipMethod::stored}) {
        std::size_t largest_piece = 0;
        std::string archive;
        const auto written = stream_zip(
            entries,
            {.modified = some_time, .method = method},
            [&](Bytes bytes) -> platform::Result<void> {
                largest_piece = std::max(largest_piece, bytes.size());
                archive += platform::as_text(bytes);
                return {};
            }
        );
        ASSERT_TRUE(written.has_value()) << platform::describe(written.error());
        EXPECT_LE(largest_piece, 1U << 16);
        const auto path = folder / "a.zip";
        test::write_file(path, archive);
        EXPECT_EQ(test::run_program("unzip", {"-tq", path.string()}).exit_code, 0);
        EXPECT_EQ(test::run_program("unzip", {"-p", path.string(), "large.xml"}).output, content);
    }
}

/// A file that is written to between two readings of it.
class ChangingFiles final : public test::ForwardingFiles {
  public:
    ChangingFiles(platform::Files& files, std::size_t changed_byte)
        : ForwardingFiles(files), changed_byte_(changed_byte) {}

    platform::Result<std::unique_ptr<platform::ReadableFile>> open_for_reading(
        const std::filesystem::path& path
    ) override {
        class File final : public platform::ReadableFile {
          public:
            File(std::unique_ptr<platform::ReadableFile> file, std::size_t changed_byte)
                : file_(std::move(file)), changed_byte_(changed_byte) {}
            platform::Result<std::uint64_t> size() const override { return file_->size(); }
            platform::Result<std::size_t> read_at(
                std::uint64_t offset, platform::MutableBytes target
            ) const override {
                readings_ += offset == 0 ? 1 : 0;
                const auto count = file_->read_at(offset, target);
                if (readings_ < 2 || changed_byte_ < offset) return count;
                const std::size_t place = changed_byte_ - static_cast<std::size_t>(offset);
                if (count && place < *count) target[place] ^= std::byte{1};
                return count;
            }

          private:
            std::unique_ptr<platform::ReadableFile> file_;
            std::size_t changed_byte_;
            mutable std::size_t readings_ = 0;
        };
        auto file = ForwardingFiles::open_for_reading(path);
        if (!file) return file;
        return std::make_unique<File>(std::move(*file), changed_byte_);
    }

  private:
    std::size_t changed_byte_;
};

TEST(StreamZip, OfFileThatChangesBetweenItsReadings_IsRefused) {
    const test::TemporaryFolder folder;
    platform::SystemFiles files;
    const std::string content = large_content();
    test::write_file(folder / "large.xml", content);
    struct Row {
        std::size_t changed_byte;
        bool refused;
    };
    for (const Row& row : {
             Row{0, true},
             Row{content.size() / 2, true},
             Row{content.size() - 1, true},
             Row{content.size(), false},
         }) {
        ChangingFiles changing(files, row.changed_byte);
        const ZipEntry entry{"large.xml", ZipEntryFile{changing, folder / "large.xml"}};
        const auto archive = write_zip(std::span(&entry, 1), {.modified = some_time});
        EXPECT_EQ(archive.has_value(), !row.refused) << row.changed_byte;
        if (archive) continue;
        EXPECT_EQ(archive.error().code, platform::Errc::changed);
        EXPECT_EQ(archive.error().where, (folder / "large.xml").string());
    }
}

TEST(StreamZip, IntoASinkThatFails_EndsWithItsError) {
    std::size_t room = 100;
    const auto written = stream_zip(
        two_entries(),
        {.modified = some_time},
        [&room](Bytes bytes) -> platform::Result<void> {
            if (bytes.size() > room) {
                return platform::fail({.code = platform::Errc::disk_full, .what = "full"});
            }
            room -= bytes.size();
            return {};
        }
    );
    ASSERT_FALSE(written.has_value());
    EXPECT_EQ(written.error().code, platform::Errc::disk_full);
}

}  // namespace
}  // namespace sfmkit::client
