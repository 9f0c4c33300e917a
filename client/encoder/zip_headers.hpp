#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <cstdint>

namespace sfmkit::client {

/// Time and date as a zip header holds them (APPNOTE 4.4.6).
struct DosTime {
    std::uint16_t time = 0;
    std::uint16_t date = 0;
};

/// Errc::usage outside 1980 to 2107.
platform::Result<DosTime> dos_time(std::chrono::local_seconds wall_clock);

/// Corrects what libzip cannot be told, in every header of an archive that libzip just wrote: the
/// time, which it carries through the process's time zone and so moves when that zone skips the
/// hour, and the version made by, which is 6.3 where the official examples have 2.0.
void settle_headers(platform::MutableBytes archive, DosTime time);

/// An archive without entries: the end record alone.
platform::ByteBuffer empty_archive();

}  // namespace sfmkit::client
