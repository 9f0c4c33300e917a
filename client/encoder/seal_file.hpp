#pragma once

#include "client/encoder/envelope_writer.hpp"
#include "platform/files.hpp"

#include <cstdint>
#include <filesystem>
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

/// The same for a document in memory; the target must not exist.
platform::Result<std::uint64_t> seal_document(
    platform::Files& files,
    const Sealing& sealing,
    platform::Bytes plaintext,
    std::string_view extension,
    const std::filesystem::path& target
);

}  // namespace sfmkit::client
