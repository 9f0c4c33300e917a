#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"
#include "verifier/limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::verifier {

/// One entry as the central directory describes it; the local header was compared with it.
struct ZipEntry {
    std::string name;  ///< the bytes that stand there
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint16_t dos_time = 0;
    std::uint16_t dos_date = 0;
    std::uint32_t crc32 = 0;
    std::uint64_t compressed_bytes = 0;
    std::uint64_t expanded_bytes = 0;
    std::uint64_t local_offset = 0;
    std::uint64_t data_offset = 0;       ///< behind its local header
    std::uint64_t directory_offset = 0;  ///< of its central header
    std::uint32_t extra_bytes = 0;       ///< of both headers
    std::uint32_t comment_bytes = 0;
    bool zip64 = false;

    bool encrypted() const noexcept { return (flags & 1U) != 0; }
    bool has_descriptor() const noexcept { return (flags & 8U) != 0; }
    bool utf8_name() const noexcept { return (flags & 0x800U) != 0; }
    bool is_directory() const noexcept { return name.ends_with('/'); }
};

/// A place where two readers of the archive could see different things.
struct ZipProblem {
    std::uint64_t byte_offset = 0;
    std::string entry = {};
    std::string expected = {};
    std::string actual = {};
    std::string message = {};
};

/// The directory of an archive, walked by us: libzip shows neither flags nor offsets.
struct ZipDirectory {
    std::vector<ZipEntry> entries;  ///< in the order of the central directory
    std::vector<ZipProblem> problems;
    std::uint64_t entry_count = 0;  ///< as declared
    std::uint64_t directory_bytes = 0;
    std::uint32_t comment_bytes = 0;
    bool zip64 = false;
    bool beyond_limits = false;  ///< too many entries or bytes; entries is empty then
};

/// Walks end record, zip64 records, central headers, local headers and data descriptors.
/// What is wrong stands in problems; the result fails only where reading fails.
platform::Result<ZipDirectory> read_zip_directory(
    const platform::ReadableFile& archive, const Limits& limits
);

}  // namespace sfmkit::verifier
