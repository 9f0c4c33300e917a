#pragma once

#include "client/encoder/envelope_writer.hpp"
#include "client/encoder/export_folder.hpp"
#include "platform/files.hpp"
#include "platform/result.hpp"
#include "wire/sfm_names.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>

namespace sfmkit::client {

struct PackOptions {
    std::filesystem::path plain;  ///< as PlainFolder says
    std::filesystem::path output;
    std::size_t threads = 1;
    /// When the work began; archives carry it as Norwegian local time. A run that goes on keeps
    /// the time of the first.
    std::chrono::sys_seconds now;
    std::size_t files_per_folder = wire::sfm::max_files_per_folder;
};

struct PackSummary {
    ExportSummary written;          ///< the whole export
    std::size_t already_there = 0;  ///< files that an earlier run had finished
};

/// Packs plain documents into an export (NHN page "The SFM migration data format", the procedure
/// for one patient): zip archive, envelope, final name; then `Index.txt`. Nothing is decrypted or
/// kept in between on disk, and the plain documents stay where they are.
/// Ended at any time, the same call goes on where it was: what has its final name is complete, and
/// is packed again only when its documents are newer. `OUT.pack` beside the folder says until the
/// end that the export is not complete.
/// Errc::usage when another process packs into the folder (it holds `OUT.pack.lock`),
/// Errc::already_exists when the folder holds something that no unfinished run of ours made,
/// Errc::changed when that run had another recipient or other patients.
/// sealing.random is used by all threads at once: SystemRandom bears that.
platform::Result<PackSummary> pack_export(
    platform::Files& files, const Sealing& sealing, const PackOptions& options
);

}  // namespace sfmkit::client
