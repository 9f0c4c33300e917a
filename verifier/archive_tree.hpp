#pragma once

#include "verifier/value_mask.hpp"
#include "verifier/zip_reader.hpp"

#include <string>
#include <vector>

namespace sfmkit::verifier {

/// What one entry is, as far as reading it once tells.
struct TreeEntry {
    ZipEntry header;
    std::string name;          ///< as it may be shown
    bool sound = false;        ///< inflated to its end, sizes and CRC-32 right
    std::string problem;       ///< why not; or why it is no XML
    std::string root;          ///< of an XML document, as it may be shown
    std::string space;         ///< its namespace
    std::string message_type;  ///< e.g. `ERM1`, from the head of a message
};

struct ArchiveTree {
    ZipDirectory directory;
    std::vector<TreeEntry> entries;
    std::string problem;  ///< why the archive cannot be read; entries may be empty then
};

/// Reads every entry once. Fails only where reading the file under it fails.
platform::Result<ArchiveTree> read_archive_tree(
    const platform::ReadableFile& archive, const Limits& limits, PersonalData personal
);

}  // namespace sfmkit::verifier
