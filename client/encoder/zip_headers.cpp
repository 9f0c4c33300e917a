#include "client/encoder/zip_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>

namespace sfmkit::client {
namespace {

using platform::ByteBuffer;
using platform::Errc;
using platform::fail;
using platform::Result;

constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint32_t directory_signature = 0x02014b50;
constexpr std::uint32_t end_signature = 0x06054b50;

/// Version 2.0 in the low byte, host 0 (FAT) in the high one.
constexpr std::uint16_t version_2_0_on_fat = 20;
constexpr std::uint16_t name_is_utf8 = 0x800;

template <std::unsigned_integral Number>
void put(ByteBuffer& header, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        header.push_back(static_cast<std::byte>(number >> (8 * i) & 0xff));
    }
}

std::uint16_t flags_of(const ZipRecord& record) {
    const auto is_ascii = [](char letter) { return static_cast<unsigned char>(letter) < 0x80; };
    return std::ranges::all_of(record.name, is_ascii) ? std::uint16_t{0} : name_is_utf8;
}

/// The fields that stand in both headers, in the same order.
void put_common_fields(ByteBuffer& header, const ZipRecord& record) {
    put(header, version_2_0_on_fat);  // needed to extract
    put(header, flags_of(record));
    put(header, static_cast<std::uint16_t>(record.method));
    put(header, record.modified.time);
    put(header, record.modified.date);
    put(header, record.crc);
    put(header, record.packed_bytes);
    put(header, record.bytes);
    put(header, static_cast<std::uint16_t>(record.name.size()));
    put(header, std::uint16_t{0});  // extra field
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

ByteBuffer local_header(const ZipRecord& record) {
    ByteBuffer header;
    put(header, local_signature);
    put_common_fields(header, record);
    platform::append(header, platform::as_bytes(record.name));
    return header;
}

ByteBuffer directory_header(const ZipRecord& record) {
    ByteBuffer header;
    put(header, directory_signature);
    put(header, version_2_0_on_fat);  // made by
    put_common_fields(header, record);
    put(header, std::uint16_t{0});  // comment
    put(header, std::uint16_t{0});  // disk
    put(header, std::uint16_t{0});  // internal attributes
    put(header, std::uint32_t{0});  // external attributes
    put(header, record.offset);
    platform::append(header, platform::as_bytes(record.name));
    return header;
}

ByteBuffer end_record(
    std::uint16_t entries, std::uint32_t directory_bytes, std::uint32_t directory_offset
) {
    ByteBuffer record;
    put(record, end_signature);
    put(record, std::uint16_t{0});  // this disk
    put(record, std::uint16_t{0});  // disk of the directory
    put(record, entries);           // on this disk
    put(record, entries);
    put(record, directory_bytes);
    put(record, directory_offset);
    put(record, std::uint16_t{0});  // comment
    return record;
}

}  // namespace sfmkit::client
