#pragma once

#include "client/encoder/envelope_writer.hpp"
#include "client/encoder/zip_writer.hpp"
#include "platform/files.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace sfmkit::client {

/// The extension that an envelope made from a file of this name carries: `zip` for .dat, .pat and
/// .zip, `xps` for .rpt and .xps, otherwise that of the name itself without dot; empty when the
/// name has none.
std::string extension_of_plaintext(const std::filesystem::path& name);

struct SealFileOptions {
    std::filesystem::path input;
    std::filesystem::path output;
    std::string extension;
    platform::Existing existing = platform::Existing::keep_and_fail;
};

/// Encrypts a file in constant memory; the output appears under its name only when it is complete.
/// Gives the bytes written.
platform::Result<std::uint64_t> seal_file(
    platform::Files& files, const Sealing& sealing, const SealFileOptions& options
);

/// A document in memory, e.g. a report.
struct SealDocument {
    platform::Bytes plaintext;
    std::string_view extension;
    std::filesystem::path target;
    platform::Existing existing = platform::Existing::keep_and_fail;
};
platform::Result<std::uint64_t> seal_document(
    platform::Files& files, const Sealing& sealing, const SealDocument& document
);

/// A zip archive of these entries, in constant memory.
struct SealArchive {
    std::span<const ZipEntry> entries;
    std::chrono::local_seconds modified;
    std::filesystem::path target;
    platform::Existing existing = platform::Existing::keep_and_fail;
};
platform::Result<std::uint64_t> seal_archive(
    platform::Files& files, const Sealing& sealing, const SealArchive& archive
);

}  // namespace sfmkit::client
