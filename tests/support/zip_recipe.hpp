#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// A zip archive described record by record (APPNOTE.TXT), right unless something is changed;
/// written byte by byte and apart from client/encoder and libzip. A value that is set replaces the
/// truth in the places that its comment names.
struct ZipRecipe {
    struct Entry {
        std::string name = {};
        std::string content = {};
        std::uint16_t method = 8;
        std::uint16_t flags = 0;
        std::uint16_t dos_time = 0x6DC7;  ///< 13:46:14
        std::uint16_t dos_date = 0x5378;  ///< 2021-11-24
        std::string extra = {};
        std::string comment = {};
        bool descriptor = false;                     ///< sizes behind the data, flag bit 3
        std::optional<std::uint32_t> crc32 = {};     ///< in both headers
        std::optional<std::uint32_t> expanded = {};  ///< in both headers
        std::optional<std::string> local_name = {};  ///< in the local header only
        std::optional<std::uint16_t> local_method = {};
        std::optional<std::uint32_t> local_crc32 = {};
    };

    std::vector<Entry> entries;
    std::string prefix;          ///< in front of the first local header
    std::string gap;             ///< between last entry and central directory
    std::string suffix;          ///< behind the end record
    std::string comment;         ///< of the archive
    bool prefix_counts = false;  ///< offsets count the prefix
    std::uint16_t disk = 0;
    std::optional<std::uint16_t> entry_count;
    std::optional<std::uint32_t> directory_bytes;
};

std::string make_zip(const ZipRecipe& recipe);

}  // namespace sfmkit::test
