#include "client/encoder/zip_headers.hpp"

#include "platform/assert.hpp"

#include <fmt/format.h>

#include <array>

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::fail;
using platform::MutableBytes;
using platform::Result;

// Places inside the records of a zip archive (APPNOTE 4.3.7, 4.3.12, 4.3.16).
constexpr std::size_t local_time_offset = 10;
constexpr std::size_t central_record_bytes = 46;
constexpr std::size_t central_version_made_by_offset = 4;
constexpr std::size_t central_time_offset = 12;
constexpr std::size_t central_name_length_offset = 28;
constexpr std::size_t central_extra_length_offset = 30;
constexpr std::size_t central_comment_length_offset = 32;
constexpr std::size_t central_local_header_offset = 42;
constexpr std::size_t end_record_bytes = 22;
constexpr std::size_t end_entry_count_offset = 10;
constexpr std::size_t end_directory_offset = 16;

constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint32_t central_signature = 0x02014b50;
constexpr std::uint32_t end_signature = 0x06054b50;

/// Version 2.0 in the low byte, host 0 (FAT) in the high one.
constexpr std::uint16_t version_2_0_on_fat = 20;

std::uint32_t number_at(platform::Bytes bytes, std::size_t offset, std::size_t width) {
    std::uint32_t value = 0;
    for (std::size_t i = width; i > 0; --i) {
        value = value << 8 | std::to_integer<std::uint32_t>(bytes[offset + i - 1]);
    }
    return value;
}

void put_u16(MutableBytes bytes, std::size_t offset, std::uint16_t value) {
    bytes[offset] = static_cast<std::byte>(value & 0xff);
    bytes[offset + 1] = static_cast<std::byte>(value >> 8);
}

void put_time(MutableBytes bytes, std::size_t offset, DosTime time) {
    put_u16(bytes, offset, time.time);
    put_u16(bytes, offset + 2, time.date);
}

}  // namespace

Result<DosTime> dos_time(std::chrono::local_seconds wall_clock) {
    const auto day = std::chrono::floor<std::chrono::days>(wall_clock);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(wall_clock - day);
    const int year = static_cast<int>(date.year());
    if (year < 1980 || year > 2107) {
        return fail({
            .code = Errc::usage,
            .what = "the time of a zip entry is out of range",
            .expected = "a year from 1980 to 2107",
            .actual = fmt::format("{}", year),
        });
    }
    const auto packed_date = static_cast<unsigned>(year - 1980) << 9 |
                             static_cast<unsigned>(date.month()) << 5 |
                             static_cast<unsigned>(date.day());
    const auto packed_time = static_cast<unsigned>(clock.hours().count()) << 11 |
                             static_cast<unsigned>(clock.minutes().count()) << 5 |
                             static_cast<unsigned>(clock.seconds().count()) / 2;
    return DosTime{
        .time = static_cast<std::uint16_t>(packed_time),
        .date = static_cast<std::uint16_t>(packed_date)
    };
}

void settle_headers(MutableBytes archive, DosTime time) {
    SFM_ASSERT(archive.size() >= end_record_bytes);
    const MutableBytes end = archive.last(end_record_bytes);
    SFM_ASSERT(number_at(end, 0, 4) == end_signature);
    const std::uint32_t count = number_at(end, end_entry_count_offset, 2);
    std::size_t place = number_at(end, end_directory_offset, 4);
    for (std::uint32_t i = 0; i < count; ++i) {
        SFM_ASSERT(place + central_record_bytes <= archive.size());
        const MutableBytes record = archive.subspan(place);
        SFM_ASSERT(number_at(record, 0, 4) == central_signature);
        put_u16(record, central_version_made_by_offset, version_2_0_on_fat);
        put_time(record, central_time_offset, time);
        const std::size_t local = number_at(record, central_local_header_offset, 4);
        SFM_ASSERT(local + local_time_offset + 4 <= place);
        SFM_ASSERT(number_at(archive, local, 4) == local_signature);
        put_time(archive, local + local_time_offset, time);
        place += central_record_bytes + number_at(record, central_name_length_offset, 2) +
                 number_at(record, central_extra_length_offset, 2) +
                 number_at(record, central_comment_length_offset, 2);
    }
}

platform::ByteBuffer empty_archive() {
    constexpr std::array signature = {std::byte{'P'}, std::byte{'K'}, std::byte{5}, std::byte{6}};
    platform::ByteBuffer bytes(signature.begin(), signature.end());
    bytes.resize(end_record_bytes);
    return bytes;
}

}  // namespace sfmkit::client
