#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace sfmkit::client {

/// What must be the same when packing goes on after it was ended: kept as JSON in `OUT.pack` beside
/// the export folder until the export is complete.
struct PackState {
    std::string recipient;  ///< SHA-256 of the certificate, hex
    std::string documents;  ///< SHA-256 of the names of all patients and reports, hex
    std::chrono::sys_seconds started;
};

/// The file for an export folder.
std::filesystem::path pack_state_path(const std::filesystem::path& export_folder);

/// The file that is locked while a process packs into an export folder: `OUT.pack.lock`.
std::filesystem::path pack_lock_path(const std::filesystem::path& export_folder);

/// Nothing when there is no such file; Errc::malformed when it is not ours.
platform::Result<std::optional<PackState>> read_pack_state(
    platform::Files& files, const std::filesystem::path& path
);
platform::Result<void> write_pack_state(
    platform::Files& files, const std::filesystem::path& path, const PackState& state
);

}  // namespace sfmkit::client
