#pragma once

#include "client/encoder/plain_export.hpp"
#include "platform/files.hpp"
#include "platform/keys.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace sfmkit::client {

/// What encryption needs; everything must outlive the work.
struct Sealing {
    const platform::Certificate& recipient;
    platform::Random& random;  ///< fit for keys: SystemRandom outside tests
    const platform::CryptoAlgorithms& algorithms;
};

struct ExportSummary {
    std::size_t patients = 0;
    std::size_t reports = 0;
    std::uint64_t bytes = 0;  ///< of all files together
};

/// Writes an export as the service takes it: `Patients0/<guid>.pat`, `Reports0/<guid>.rpt`,
/// `ExportData.dat` and, last, `Index.txt`. The folder is made; Errc::already_exists when there is
/// anything in it, Errc::limit above 16 000 patients or reports. Each file appears under its name
/// only when it is complete.
platform::Result<ExportSummary> write_sealed_export(
    PlainExport& documents,
    platform::Files& files,
    const Sealing& sealing,
    const std::filesystem::path& folder
);

/// Writes the same documents unencrypted: `ExportData.xml`, `Patients/<guid>/<entry>`,
/// `Reports/<guid>.xps`. For synthetic data and for `pack`. The folder is made;
/// Errc::already_exists when there is anything in it.
platform::Result<ExportSummary> write_plain_export(
    PlainExport& documents, platform::Files& files, const std::filesystem::path& folder
);

}  // namespace sfmkit::client
