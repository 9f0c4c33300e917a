#pragma once

#include "platform/bytes.hpp"
#include "platform/files.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <variant>

namespace sfmkit::client {

/// Content of an entry that is read from a file while the archive is written, piece by piece.
struct ZipEntryFile {
    platform::Files& files;
    std::filesystem::path path;
};

/// One entry to be written. Bytes and files must live until write_zip returns.
struct ZipEntry {
    std::string name;
    std::variant<platform::Bytes, ZipEntryFile> content;
};

enum class ZipMethod { deflate, stored };

struct ZipOptions {
    /// The wall clock that all entries carry, 1980 to 2107; odd seconds are rounded down.
    std::chrono::local_seconds modified;
    ZipMethod method = ZipMethod::deflate;
};

/// An archive as the official examples have it: entries in the order given, made on FAT with zip
/// 2.0, flags 0 for ASCII names, attributes 0, no extra fields, comments, data descriptors or
/// zip64. Equal input gives equal bytes under any time zone. The archive is held in memory, the
/// content of files is not.
/// Errc::usage for a time out of range or a name that stands twice, Errc::limit for what would
/// need zip64, otherwise the error of the file that could not be read.
platform::Result<platform::ByteBuffer> write_zip(
    std::span<const ZipEntry> entries, const ZipOptions& options
);

}  // namespace sfmkit::client
