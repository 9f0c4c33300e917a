#include "mockserver/storage/upload_store.hpp"

#include "fuzz/simulator/memory_files.hpp"
#include "mockserver/storage/upload_record.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace sfmkit::mockserver {
namespace {

constexpr const char* id = "0123456789abcdef0123456789abcdef";

Upload some_upload() {
    Upload upload;
    upload.id = id;
    upload.length_bytes = 100;
    upload.metadata = "name \xE6,k YQ==";
    upload.expires = platform::WallTime(std::chrono::milliseconds(1'634'148'720'123));
    return upload;
}

class Store : public testing::Test {
  protected:
    UploadStore store_with(platform::Durability durability) {
        UploadStore store(files_, folder_.path(), durability);
        EXPECT_TRUE(store.open().has_value());
        return store;
    }
    void append(UploadStore& store, const Upload& upload, const std::string& bytes, bool settle) {
        auto file = store.open_at(upload.id, upload.offset_bytes);
        ASSERT_TRUE(file.has_value());
        ASSERT_TRUE((*file)->append(platform::as_bytes(bytes)).has_value());
        Upload after = upload;
        after.offset_bytes += bytes.size();
        if (settle) {
            ASSERT_TRUE(store.settle(**file, after).has_value());
        }
    }

    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
};

TEST_F(Store, Record_OfAnyUpload_IsReadAsItWasWritten) {
    Upload upload = some_upload();
    upload.role = ConcatRole::final_upload;
    upload.concat = "final;/files/a /files/b";
    upload.offset_bytes = 7;
    upload.awaits_checksum = true;
    const auto read = parse_upload_record(print_upload_record(upload));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, upload);
    Upload bare;
    bare.id = id;
    bare.length_bytes = -5;
    EXPECT_EQ(*parse_upload_record(print_upload_record(bare)), bare);
    EXPECT_FALSE(parse_upload_record("{\"id\":\"x\"}").has_value());
}

TEST_F(Store, OpenedAnew_WithProcessDurability_FindsAllBytesOnDisk) {
    {
        UploadStore store = store_with(platform::Durability::process);
        ASSERT_TRUE(store.create(some_upload()).has_value());
        append(store, some_upload(), "unsettled", false);
    }
    UploadStore again = store_with(platform::Durability::process);
    const auto found = again.find(id);
    ASSERT_TRUE(found.has_value() && found->has_value());
    EXPECT_EQ((*found)->offset_bytes, 9U);
    EXPECT_EQ((*found)->metadata, some_upload().metadata);
}

TEST_F(Store, OpenedAnew_WithPowerDurability_CountsOnlySettledBytes) {
    {
        UploadStore store = store_with(platform::Durability::power);
        ASSERT_TRUE(store.create(some_upload()).has_value());
        append(store, some_upload(), "settled", true);
        Upload settled = **store.find(id);
        EXPECT_EQ(settled.offset_bytes, 7U);
        append(store, settled, " and lost", false);
    }
    UploadStore again = store_with(platform::Durability::power);
    const auto found = again.find(id);
    ASSERT_TRUE(found.has_value() && found->has_value());
    EXPECT_EQ((*found)->offset_bytes, 7U);
    append(again, **found, " anew", true);
    EXPECT_EQ(test::read_file(again.file_of(id)), "settled anew");
}

TEST_F(Store, OpenedAnew_AfterACreationWasCutOff_ForgetsIt) {
    {
        UploadStore store = store_with(platform::Durability::process);
        test::write_file(store.file_of(id), "no record");
    }
    UploadStore again = store_with(platform::Durability::process);
    EXPECT_FALSE(std::filesystem::exists(again.file_of(id)));
    EXPECT_EQ(again.list()->size(), 0U);
}

TEST_F(Store, Open_WhileAnotherHasTheFolder_IsRefusedUntilThatEnds) {
    std::optional<UploadStore> first(store_with(platform::Durability::process));
    UploadStore second(files_, folder_.path(), platform::Durability::process);
    const auto refused = second.open();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, platform::Errc::usage);
    first.reset();
    EXPECT_TRUE(second.open().has_value());
}

TEST_F(Store, Open_BelowAPlainFile_IsAnError) {
    test::write_file(folder_ / "file", "");
    UploadStore store(files_, folder_ / "file", platform::Durability::process);
    EXPECT_FALSE(store.open().has_value());
}

TEST_F(Store, Join_OfTwoParts_HasTheirBytesInOrder) {
    UploadStore store = store_with(platform::Durability::process);
    const std::string first(32, 'a');
    const std::string second(32, 'b');
    for (const auto& [part, text] : {std::pair(first, "one"), std::pair(second, "two")}) {
        Upload upload;
        upload.id = part;
        ASSERT_TRUE(store.create(upload).has_value());
        append(store, upload, text, true);
    }
    Upload joined = some_upload();
    joined.length_bytes = 9;
    ASSERT_TRUE(store.create_joined({second, first, second}, joined).has_value());
    EXPECT_EQ(test::read_file(store.file_of(id)), "twoonetwo");
    EXPECT_TRUE(joined.is_complete());
}

TEST_F(Store, Joined_WhenAPartIsGone_LeavesNothing) {
    UploadStore store = store_with(platform::Durability::process);
    Upload joined = some_upload();
    ASSERT_FALSE(store.create_joined({std::string(32, 'a')}, joined).has_value());
    EXPECT_FALSE(std::filesystem::exists(store.file_of(id)));
    EXPECT_FALSE(std::filesystem::exists(store.record_of(id)));
    EXPECT_FALSE(store.find(id)->has_value());
}

std::string numbered_id(std::size_t number) {
    const std::string digits = std::to_string(number);
    return std::string(32 - digits.size(), '0') + digits;
}

// Memory holds few records; what does not fit is read again, and is the same.
TEST_F(Store, Find_OfMoreUploadsThanRecordsAreKept_TellsEachRight) {
    UploadStore store(
        files_, folder_.path(), platform::Durability::process, StoreLimits{.kept_records = 3}
    );
    ASSERT_TRUE(store.open().has_value());
    constexpr std::size_t count = 20;
    for (std::size_t i = 0; i < count; ++i) {
        Upload upload = some_upload();
        upload.id = numbered_id(i);
        upload.metadata = "name " + std::to_string(i);
        ASSERT_TRUE(store.create(upload).has_value());
        append(store, upload, std::string(i, 'x'), true);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto found = store.find(numbered_id(i));
        ASSERT_TRUE(found.has_value() && found->has_value()) << i;
        EXPECT_EQ((*found)->metadata, "name " + std::to_string(i));
        EXPECT_EQ((*found)->offset_bytes, i);
    }
}

/// Calls of the file system that opening a folder with so many uploads takes.
std::uint64_t calls_of_open(std::size_t uploads) {
    const test::FixedClock clock{platform::WallTime()};
    fuzz::MemoryFiles files(clock);
    for (std::size_t i = 0; i < uploads; ++i) {
        Upload upload = some_upload();
        upload.id = numbered_id(i);
        const auto file = std::filesystem::path("data") / "uploads" / upload.id;
        files.put(file, "bytes");
        files.put(file.string() + ".json", print_upload_record(upload));
    }
    const std::uint64_t before = files.calls();
    UploadStore store(files, "data", platform::Durability::process);
    EXPECT_TRUE(store.open().has_value());
    return files.calls() - before;
}

// A start must not read what is stored: one listing, one look at each file, no record.
TEST_F(Store, Open_WithManyUploads_TakesOneCallEach) {
    const std::uint64_t none = calls_of_open(0);
    EXPECT_LT(none, 10U);
    EXPECT_EQ(calls_of_open(1000), none + 1000);
    EXPECT_EQ(calls_of_open(2000), none + 2000);
}

TEST_F(Store, Append_BeyondTheQuota_IsADiskThatIsFullUntilThereIsRoom) {
    UploadStore store(
        files_, folder_.path(), platform::Durability::process, StoreLimits{.quota_bytes = 10}
    );
    ASSERT_TRUE(store.open().has_value());
    Upload other = some_upload();
    other.id = numbered_id(1);
    ASSERT_TRUE(store.create(other).has_value());
    append(store, other, "12345", true);
    ASSERT_TRUE(store.create(some_upload()).has_value());
    auto file = store.open_at(id, 0);
    ASSERT_TRUE(file.has_value());
    EXPECT_TRUE((*file)->append(platform::as_bytes(std::string("12345"))).has_value());
    const auto refused = (*file)->append(platform::as_bytes(std::string("6")));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, platform::Errc::disk_full);
    EXPECT_EQ(store.find(id).value()->offset_bytes, 5U);
    ASSERT_TRUE(store.remove(other.id).has_value());
    EXPECT_TRUE((*file)->append(platform::as_bytes(std::string("6"))).has_value());
}

}  // namespace
}  // namespace sfmkit::mockserver
