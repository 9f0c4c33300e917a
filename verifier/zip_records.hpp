#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The records of a zip archive, read one by one (APPNOTE.TXT 6.3, section 4.3). No record is
/// trusted: reading beyond the end gives nothing.
namespace sfmkit::verifier::zip_records {

inline constexpr std::uint32_t local_signature = 0x04034b50;
inline constexpr std::uint32_t descriptor_signature = 0x08074b50;
inline constexpr std::uint32_t central_signature = 0x02014b50;
inline constexpr std::string_view end_signature = "PK\x05\x06";
inline constexpr std::uint32_t zip64_end_signature = 0x06064b50;
inline constexpr std::uint32_t zip64_locator_signature = 0x07064b50;

inline constexpr std::uint64_t local_bytes = 30;
inline constexpr std::uint64_t central_bytes = 46;
inline constexpr std::uint64_t end_bytes = 22;
inline constexpr std::uint64_t zip64_end_bytes = 56;
inline constexpr std::uint64_t zip64_locator_bytes = 20;

/// What local and central header both hold.
struct Header {
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint16_t dos_time = 0;
    std::uint16_t dos_date = 0;
    std::uint32_t crc32 = 0;
    std::uint64_t compressed_bytes = 0;
    std::uint64_t expanded_bytes = 0;
    std::string name;
    std::uint32_t extra_bytes = 0;
    bool zip64 = false;               ///< a zip64 extra field replaced a size or the offset
    std::uint64_t record_bytes = 0;   ///< of the whole header with name, extra field and comment
    std::uint32_t comment_bytes = 0;  ///< central header only
    std::uint64_t local_offset = 0;   ///< central header only
};

struct EndRecord {
    std::uint64_t offset = 0;  ///< of the record that ends the directory
    std::uint64_t entries = 0;
    std::uint64_t directory_bytes = 0;
    std::uint64_t directory_offset = 0;
    std::uint32_t comment_bytes = 0;
    bool several_disks = false;
    bool zip64 = false;
    std::uint64_t bytes_behind = 0;  ///< behind record and comment; 0 in a clean archive
    bool ambiguous = false;          ///< two end records both fit the end of the file
};

using OptionalHeader = platform::Result<std::optional<Header>>;

/// Nothing when there is no such record at this place.
OptionalHeader read_local_header(const platform::ReadableFile& archive, std::uint64_t offset);
OptionalHeader read_central_header(const platform::ReadableFile& archive, std::uint64_t offset);

/// Searches the last 65 557 bytes; nothing when there is no end record.
platform::Result<std::optional<EndRecord>> read_end_record(const platform::ReadableFile& archive);

/// CRC and sizes that follow the data of an entry with flag bit 3.
struct Descriptor {
    std::uint32_t crc32 = 0;
    std::uint64_t compressed_bytes = 0;
    std::uint64_t expanded_bytes = 0;
    std::uint64_t record_bytes = 0;
};

/// The descriptor has no length of its own: of its four forms (with and without signature, 32 and
/// 64 bit) the one that repeats the expected values is taken; nothing when none does.
platform::Result<std::optional<Descriptor>> read_descriptor(
    const platform::ReadableFile& archive, std::uint64_t offset, const Header& expected
);

}  // namespace sfmkit::verifier::zip_records
