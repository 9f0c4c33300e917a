#pragma once

#include "platform/files.hpp"
#include "wire/sfm_names.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::client {

/// One file that is to be uploaded.
struct ExportFile {
    std::string name;  ///< relative to the export folder, with slashes
    std::filesystem::path path;
    wire::sfm::FileKind kind = wire::sfm::FileKind::unknown;
    std::uint64_t size_bytes = 0;
    platform::WallTime modified;
};

/// The files of an export in the order in which they are sent.
struct ExportListing {
    ExportFile organisation;
    std::vector<ExportFile> others;    ///< patients by folder number and name, then reports
    std::vector<std::string> skipped;  ///< what is not part of an export and stays behind
};

/// Reads folder names and file sizes, not contents. Errc::not_found when the folder is not there,
/// Errc::malformed when it has no ExportData.dat.
platform::Result<ExportListing> list_export(
    platform::Files& files, const std::filesystem::path& folder
);

}  // namespace sfmkit::client
