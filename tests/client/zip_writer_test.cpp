#include "client/encoder/zip_writer.hpp"

#include "platform/files.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <sstream>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;
using platform::Bytes;

constexpr std::chrono::local_seconds at(
    int year, unsigned month, unsigned day, std::chrono::seconds clock
) {
    const auto date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return std::chrono::local_days(date) + clock;
}

constexpr auto some_time = at(2024, 1, 18, 9h + 38min + 24s);

std::vector<ZipEntry> two_entries() {
    return {
        {.name = "b.xml", .content = platform::as_bytes("<second><second><second><second>")},
        {.name = "a.xml", .content = platform::as_bytes("<first/>")},
    };
}

std::uint32_t number_at(std::string_view bytes, std::size_t offset, std::size_t width) {
    std::uint32_t value = 0;
    for (std::size_t i = width; i > 0; --i) {
        value = value << 8 | static_cast<unsigned char>(bytes.at(offset + i - 1));
    }
    return value;
}

/// One entry as both its headers tell it, without what depends on the compressor and the place
/// (APPNOTE 4.3.7 and 4.3.12).
struct EntryProfile {
    std::string local;
    std::string central;
    std::string name;
    bool operator==(const EntryProfile&) const = default;
};

std::string without_sizes(std::string header, std::size_t crc_offset) {
    return header.erase(crc_offset, 12);
}

std::vector<EntryProfile> profile_of(const std::string& archive) {
    const std::size_t end = archive.size() - 22;
    std::vector<EntryProfile> profiles;
    std::size_t place = number_at(archive, end + 16, 4);
    while (place < end) {
        const std::size_t name_length = number_at(archive, place + 28, 2);
        const std::size_t local = number_at(archive, place + 42, 4);
        // Bytes 42 to 45 are the offset of the local header.
        profiles.push_back({
            .local = without_sizes(archive.substr(local, 30), 14),
            .central = without_sizes(archive.substr(place, 42), 16),
            .name = archive.substr(place + 46, name_length),
        });
        place += 46 + name_length + number_at(archive, place + 30, 2) +
                 number_at(archive, place + 32, 2);
    }
    return profiles;
}

class TimeZone {
  public:
    explicit TimeZone(const char* name) {
        if (const char* before = std::getenv("TZ")) before_ = before;
        ::setenv("TZ", name, 1);
        ::tzset();
    }
    ~TimeZone() {
        if (before_) {
            ::setenv("TZ", before_->c_str(), 1);
        } else {
            ::unsetenv("TZ");
        }
        ::tzset();
    }
    TimeZone(const TimeZone&) = delete;
    TimeZone& operator=(const TimeZone&) = delete;

  private:
    std::optional<std::string> before_;
};

std::string written_to(const std::filesystem::path& path, const platform::ByteBuffer& bytes) {
    test::write_file(path, platform::as_text(bytes));
    return path.string();
}

struct Official {
    const char* file;
    std::chrono::local_seconds modified;
};

class WriteZipLikeOfficial : public testing::TestWithParam<Official> {};

// Oracle: the official zips. Their content is taken out by Info-ZIP and packed by us; every header
// field that is not a size, a checksum or a place must be as NHN's exporter wrote it.
TEST_P(WriteZipLikeOfficial, OfItsContent_HasItsHeadersAndItsContent) {
    const auto official = test::reference_file(std::string("data/") + GetParam().file);
    if (!official) SFM_SKIP_OR_FAIL("the official zip is not there");
    if (!test::find_program("unzip")) SFM_SKIP_OR_FAIL("unzip is not installed");
    const test::TemporaryFolder folder;
    const auto plain = folder / "plain";
    ASSERT_EQ(
        test::run_program("unzip", {"-q", official->string(), "-d", plain.string()}).exit_code, 0
    );
    platform::SystemFiles files;
    std::vector<ZipEntry> entries;
    std::istringstream names(test::run_program("unzip", {"-Z1", official->string()}).output);
    for (std::string name; std::getline(names, name);) {
        entries.push_back({.name = name, .content = ZipEntryFile{files, plain / name}});
    }

    const auto archive = write_zip(entries, {.modified = GetParam().modified});

    ASSERT_TRUE(archive.has_value()) << platform::describe(archive.error());
    const std::string ours(platform::as_text(*archive));
    EXPECT_EQ(profile_of(ours), profile_of(test::read_file(*official)));
    const auto again = folder / "again";
    const auto path = written_to(folder / "ours.zip", *archive);
    ASSERT_EQ(test::run_program("unzip", {"-q", path, "-d", again.string()}).exit_code, 0);
    EXPECT_EQ(
        test::run_program("diff", {"-r", plain.string(), again.string()}).output, std::string()
    );
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    WriteZipLikeOfficial,
    testing::Values(
        Official{"0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.zip", at(2021, 11, 24, 13h + 56min + 14s)},
        Official{"ExportData.zip", at(2021, 11, 24, 13h + 56min + 30s)}
    )
);

// In Oslo the clock went from 02:00 to 03:00 on 2024-03-31, so 02:30 is no time there.
TEST(WriteZip, OfSameEntriesUnderAnyTimeZone_GivesSameBytes) {
    for (const auto time : {some_time, at(2024, 3, 31, 2h + 30min), at(2024, 10, 27, 2h + 30min)}) {
        std::vector<platform::ByteBuffer> archives;
        for (const char* zone : {"UTC", "Asia/Tokyo", "Europe/Oslo", "America/St_Johns"}) {
            const TimeZone set(zone);
            archives.push_back(write_zip(two_entries(), {.modified = time}).value());
        }
        for (const auto& archive : archives) EXPECT_EQ(archive, archives.front());
    }
}

// Oracle: Info-ZIP.
TEST(WriteZip, OfTwoEntries_IsListedInOrderWithGivenTime) {
    if (!test::find_program("unzip")) SFM_SKIP_OR_FAIL("unzip is not installed");
    const test::TemporaryFolder folder;
    const auto path =
        written_to(folder / "a.zip", write_zip(two_entries(), {.modified = some_time}).value());
    EXPECT_EQ(test::run_program("unzip", {"-tq", path}).exit_code, 0);
    EXPECT_EQ(test::run_program("unzip", {"-Z1", path}).output, "b.xml\na.xml\n");
    const auto details = test::run_program("unzip", {"-Z", "-T", path}).output;
    EXPECT_NE(details.find("20240118.093824 b.xml"), std::string::npos) << details;
    EXPECT_EQ(test::run_program("unzip", {"-p", path, "a.xml"}).output, "<first/>");
}

TEST(WriteZip, Stored_HoldsContentAsItIs) {
    if (!test::find_program("unzip")) SFM_SKIP_OR_FAIL("unzip is not installed");
    const test::TemporaryFolder folder;
    const auto archive =
        write_zip(two_entries(), {.modified = some_time, .method = ZipMethod::stored}).value();
    EXPECT_NE(platform::as_text(archive).find("<second><second>"), std::string_view::npos);
    const auto path = written_to(folder / "a.zip", archive);
    EXPECT_EQ(test::run_program("unzip", {"-tq", path}).exit_code, 0);
    EXPECT_NE(test::run_program("unzip", {"-Z", path}).output.find(" stor "), std::string::npos);
}

TEST(WriteZip, OfNoEntries_IsTheEndRecordAlone) {
    EXPECT_EQ(
        platform::to_hex(write_zip({}, {.modified = some_time}).value()),
        "504b0506000000000000000000000000000000000000"
    );
}

TEST(WriteZip, OfNameThatStandsTwice_IsRefused) {
    auto entries = two_entries();
    entries[1].name = entries[0].name;
    const auto archive = write_zip(entries, {.modified = some_time});
    ASSERT_FALSE(archive.has_value());
    EXPECT_EQ(archive.error().code, platform::Errc::usage);
    EXPECT_EQ(archive.error().where, "b.xml");
}

TEST(WriteZip, OfTimeThatTheFormatCannotHold_IsRefused) {
    for (const auto time : {at(1979, 12, 31, 23h), at(2108, 1, 1, 0h)}) {
        const auto archive = write_zip(two_entries(), {.modified = time});
        ASSERT_FALSE(archive.has_value());
        EXPECT_EQ(archive.error().code, platform::Errc::usage);
    }
}

TEST(WriteZip, OfFileThatIsMissing_NamesThatFile) {
    const test::TemporaryFolder folder;
    platform::SystemFiles files;
    auto entries = two_entries();
    entries.push_back({.name = "c.xml", .content = ZipEntryFile{files, folder / "c.xml"}});
    const auto archive = write_zip(entries, {.modified = some_time});
    ASSERT_FALSE(archive.has_value());
    EXPECT_EQ(archive.error().code, platform::Errc::not_found);
    EXPECT_EQ(archive.error().where, (folder / "c.xml").string());
}

TEST(WriteZip, OfNameThatIsNoUtf8_IsRefused) {
    auto entries = two_entries();
    entries[1].name = "p\xE5l.xml";
    const auto archive = write_zip(entries, {.modified = some_time});
    ASSERT_FALSE(archive.has_value());
    EXPECT_EQ(archive.error().code, platform::Errc::usage);
}

// General purpose flags, bit 11 (APPNOTE 4.4.4 and appendix D).
TEST(WriteZip, OfNameOutsideAscii_SaysThatItIsUtf8) {
    auto entries = two_entries();
    entries[1].name = "på ny.xml";
    const auto archive = write_zip(entries, {.modified = some_time}).value();
    const auto profiles = profile_of(std::string(platform::as_text(archive)));
    EXPECT_EQ(number_at(profiles.at(0).central, 8, 2), 0U);
    EXPECT_EQ(number_at(profiles.at(1).central, 8, 2), 0x800U);
    EXPECT_EQ(number_at(profiles.at(1).local, 6, 2), 0x800U);
    EXPECT_EQ(profiles.at(1).name, "på ny.xml");
}

// Oracle: Info-ZIP reads back what was packed, whatever sizes come from memory and from files.
RC_GTEST_PROP(WriteZip, OfRandomContent_IsUnpackedToTheSame, ()) {
    const auto sizes = *rc::gen::container<std::array<std::size_t, 3>>(
        rc::gen::elementOf(std::vector<std::size_t>{0, 1, 100, 65535, 65536, 65537, 300000})
    );
    const test::TemporaryFolder folder;
    platform::SystemFiles files;
    std::vector<std::string> contents;
    std::vector<ZipEntry> entries;
    for (const std::size_t size : sizes) {
        const auto seed = *rc::gen::arbitrary<std::uint8_t>();
        std::string content(size, '\0');
        std::iota(content.begin(), content.end(), static_cast<char>(seed));
        contents.push_back(std::move(content));
    }
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const std::string name = std::to_string(i) + ".xml";
        test::write_file(folder / "in" / name, contents[i]);
        if (i == 1) {
            entries.push_back({.name = name, .content = ZipEntryFile{files, folder / "in" / name}});
        } else {
            entries.push_back({.name = name, .content = platform::as_bytes(contents[i])});
        }
    }
    const auto path =
        written_to(folder / "a.zip", write_zip(entries, {.modified = some_time}).value());
    const auto out = folder / "out";
    const auto run = test::run_program("unzip", {"-q", path, "-d", out.string()});
    RC_ASSERT(run.exit_code == 0);
    for (std::size_t i = 0; i < contents.size(); ++i) {
        RC_ASSERT(test::read_file(out / (std::to_string(i) + ".xml")) == contents[i]);
    }
}

}  // namespace
}  // namespace sfmkit::client
