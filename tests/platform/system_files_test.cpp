#include "platform/file_readers.hpp"
#include "platform/files.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace sfmkit::platform {
namespace {

namespace fs = std::filesystem;

TEST(SystemFiles, Create_WithExistingFile_FailsOrReplacesAsAsked) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "a", "old content");
    const auto kept = files.create(folder / "a", Existing::keep_and_fail, Access::everybody);
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, Errc::already_exists);
    EXPECT_EQ(test::read_file(folder / "a"), "old content");

    auto replaced = files.create(folder / "a", Existing::replace, Access::owner_only);
    ASSERT_TRUE(replaced);
    ASSERT_TRUE((*replaced)->append(as_bytes("new")));
    ASSERT_TRUE((*replaced)->close());
    EXPECT_EQ(test::read_file(folder / "a"), "new");
    EXPECT_EQ(
        fs::status(folder / "a").permissions(), fs::perms::owner_read | fs::perms::owner_write
    );
}

TEST(SystemFiles, Append_AfterTruncate_GoesToTheNewEnd) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "a", "0123456789");
    auto file = files.open_for_appending(folder / "a");
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->truncate(4));
    ASSERT_TRUE((*file)->append(as_bytes("xy")));
    ASSERT_TRUE((*file)->sync());
    EXPECT_EQ((*file)->size().value(), 6U);
    EXPECT_EQ(test::read_file(folder / "a"), "0123xy");
}

TEST(SystemFiles, ReadAt_OverTheEnd_GivesWhatIsThere) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "a", "0123456789");
    const auto file = files.open_for_reading(folder / "a");
    ASSERT_TRUE(file);
    ByteBuffer target(8);
    EXPECT_EQ((*file)->read_at(6, target).value(), 4U);
    EXPECT_EQ(as_text(Bytes(target).first(4)), "6789");
    EXPECT_EQ((*file)->read_at(100, target).value(), 0U);
}

TEST(SystemFiles, Lock_WhileAnotherIsHeld_IsRefusedAndThenGiven) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "a", "content");
    auto first = files.lock(folder / "a");
    ASSERT_TRUE(first) << describe(first.error());
    const auto second = files.lock(folder / "a");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::usage);
    first->reset();
    EXPECT_TRUE(files.lock(folder / "a"));
    EXPECT_EQ(test::read_file(folder / "a"), "content");
}

TEST(SystemFiles, LockOfAnOpenFile_HoldsBeyondClosing) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    auto file = files.create(folder / "a", Existing::keep_and_fail, Access::everybody);
    ASSERT_TRUE(file);
    auto held = (*file)->lock();
    ASSERT_TRUE(held) << describe(held.error());
    ASSERT_TRUE((*file)->close());
    const auto second = files.lock(folder / "a");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Errc::usage);
    held->reset();
    EXPECT_TRUE(files.lock(folder / "a"));
}

// Who opened it before it got another name would otherwise hold a lock that keeps nobody out.
TEST(SystemFiles, LockOfAFileThatLostItsName_IsRefused) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    for (const bool replaced : {false, true}) {
        auto file = files.create(folder / "a", Existing::replace, Access::everybody);
        ASSERT_TRUE(file);
        ASSERT_TRUE(files.rename(folder / "a", folder / "b"));
        if (replaced) test::write_file(folder / "a", "of another one");
        const auto lock = (*file)->lock();
        ASSERT_FALSE(lock);
        EXPECT_EQ(lock.error().code, Errc::usage);
    }
}

TEST(SystemFiles, Lock_OfALink_IsRefused) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "a", "content");
    std::filesystem::create_symlink(folder / "a", folder / "link");
    EXPECT_FALSE(files.lock(folder / "link"));
    EXPECT_TRUE(files.lock(folder / "a"));
}

TEST(SystemFiles, OpenForReading_OfWhatIsNoFile_SaysWhatItIs) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    const auto missing = files.open_for_reading(folder / "none");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Errc::not_found);
    const auto directory = files.open_for_reading(folder.path());
    ASSERT_FALSE(directory);
    EXPECT_EQ(directory.error().actual, "a folder");
    const auto device = files.open_for_reading("/dev/zero");
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().actual, "a pipe, socket or device");
}

TEST(SystemFiles, ListAndStatus_TellKindsAndDoNotFollowLinks) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "b", "x");
    fs::create_directory(folder / "A");
    fs::create_symlink("b", folder / "c");
    const auto entries = files.list(folder.path());
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 3U);
    EXPECT_EQ((*entries)[0].name, "A");
    EXPECT_EQ((*entries)[0].kind, FileKind::directory);
    EXPECT_EQ((*entries)[1].name, "b");
    EXPECT_EQ((*entries)[2].kind, FileKind::symbolic_link);
    EXPECT_EQ(files.status(folder / "c").value()->kind, FileKind::symbolic_link);
    EXPECT_FALSE(files.status(folder / "none").value().has_value());
}

TEST(ReplaceFile, WhenTheFolderIsMissing_FailsAndLeavesNothing) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    const auto done =
        replace_file(files, folder / "no/a", as_bytes("x"), Access::everybody, Durability::process);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Errc::not_found);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(ReplaceFile, OverAnExistingFile_ShowsTheNewContentAndNoOtherFile) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "a", "old");
    ASSERT_TRUE(
        replace_file(files, folder / "a", as_bytes("new"), Access::everybody, Durability::power)
    );
    EXPECT_EQ(test::read_file(folder / "a"), "new");
    EXPECT_EQ(files.list(folder.path())->size(), 1U);
}

TEST(Files, ReadAll_AboveTheLimit_IsRefused) {
    const test::TemporaryFolder folder;
    SystemFiles files;
    test::write_file(folder / "a", "12345");
    EXPECT_EQ(as_text(files.read_all(folder / "a", 5).value()), "12345");
    const auto refused = files.read_all(folder / "a", 4);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::limit);
}

TEST(FileReaders, AreOthersWhereTheModeSaysSo) {
    constexpr unsigned long ext4 = 0xef53;
    constexpr unsigned long fat = 0x4d44;
    EXPECT_EQ(readers_by(0100600, ext4), FileReaders::owner);
    EXPECT_EQ(readers_by(0100400, ext4), FileReaders::owner);
    for (const unsigned mode : {0640U, 0604U, 0620U, 0601U, 0777U}) {
        EXPECT_EQ(readers_by(0100000 | mode, ext4), FileReaders::others) << mode;
    }
    EXPECT_EQ(readers_by(0100600, fat), FileReaders::not_known);
    EXPECT_EQ(readers_by(0100777, fat), FileReaders::not_known);
    EXPECT_EQ(readers_of("/no/such/file"), FileReaders::not_known);
}

}  // namespace
}  // namespace sfmkit::platform
