#pragma once

#include "client/encoder/envelope_writer.hpp"
#include "client/encoder/plain_export.hpp"
#include "platform/files.hpp"
#include "platform/result.hpp"
#include "wire/sfm_names.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace sfmkit::client {

struct ExportSummary {
    std::size_t patients = 0;
    std::size_t reports = 0;
    std::uint64_t bytes = 0;  ///< of all files together
};

struct WriteOptions {
    std::size_t files_per_folder = wire::sfm::max_files_per_folder;
    /// How many documents are made and written at once; what is written does not depend on it.
    std::size_t threads = 1;
};

/// Writes an export as the service takes it: `Patients<N>/<guid>.pat`, `Reports<N>/<guid>.rpt`,
/// `ExportData.dat` and, last, `Index.txt`. A folder is begun when the one before is full. The
/// folder is made; Errc::already_exists when there is anything in it. Each file appears under its
/// name only when it is complete. sealing.random is used by all threads at once: SystemRandom bears
/// that.
platform::Result<ExportSummary> write_sealed_export(
    const PlainExport& documents,
    platform::Files& files,
    const Sealing& sealing,
    const std::filesystem::path& folder,
    const WriteOptions& options = {}
);

/// Writes the same documents unencrypted: `ExportData.xml`, `Patients/<guid>/<entry>`,
/// `Reports/<guid>.xps`. For synthetic data and for `pack`. The folder is made;
/// Errc::already_exists when there is anything in it.
platform::Result<ExportSummary> write_plain_export(
    const PlainExport& documents,
    platform::Files& files,
    const std::filesystem::path& folder,
    const WriteOptions& options = {}
);

}  // namespace sfmkit::client
