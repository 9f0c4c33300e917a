#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace sfmkit::client {

/// Time and date as a zip header holds them (APPNOTE 4.4.6).
struct DosTime {
    std::uint16_t time = 0;
    std::uint16_t date = 0;
};

/// Errc::usage outside 1980 to 2107.
platform::Result<DosTime> dos_time(std::chrono::local_seconds wall_clock);

/// Compression methods by their numbers (APPNOTE 4.4.5).
enum class ZipMethod : std::uint16_t { stored = 0, deflate = 8 };

/// What both headers of an entry tell.
struct ZipRecord {
    std::string name;  ///< UTF-8
    ZipMethod method = ZipMethod::deflate;
    DosTime modified;
    std::uint32_t crc = 0;
    std::uint32_t packed_bytes = 0;
    std::uint32_t bytes = 0;
    std::uint32_t offset = 0;  ///< of the local header, from the start of the archive
};

// Headers as in the official examples: made on FAT with zip 2.0, attributes 0, no extra fields,
// comments, data descriptors or zip64; flags 0 but for names outside ASCII, which say UTF-8.

/// Goes before the packed bytes of an entry (APPNOTE 4.3.7).
platform::ByteBuffer local_header(const ZipRecord& record);
/// The entry in the directory at the end of the archive (APPNOTE 4.3.12).
platform::ByteBuffer directory_header(const ZipRecord& record);
/// The last record of an archive (APPNOTE 4.3.16).
platform::ByteBuffer end_record(
    std::uint16_t entries, std::uint32_t directory_bytes, std::uint32_t directory_offset
);

}  // namespace sfmkit::client
