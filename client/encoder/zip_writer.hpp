#pragma once

#include "client/encoder/zip_headers.hpp"
#include "platform/bytes.hpp"
#include "platform/files.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <variant>

namespace sfmkit::client {

/// Content of an entry that is read from a file while the archive is written, piece by piece.
struct ZipEntryFile {
    platform::Files& files;
    std::filesystem::path path;
};

/// One entry to be written. Bytes and files must live until the archive is written.
struct ZipEntry {
    std::string name;  ///< UTF-8
    std::variant<platform::Bytes, ZipEntryFile> content;
};

struct ZipOptions {
    /// The wall clock that all entries carry, 1980 to 2107; odd seconds are rounded down.
    std::chrono::local_seconds modified;
    ZipMethod method = ZipMethod::deflate;
};

/// Takes the bytes of an archive in order; its error ends the writing.
using ZipSink = std::function<platform::Result<void>(platform::Bytes)>;

/// Writes an archive as the official examples have it: entries in the order given, made on FAT with
/// zip 2.0, flags 0 for ASCII names, attributes 0, no extra fields, comments, data descriptors or
/// zip64. Equal input gives equal bytes. Memory does not grow with the content: a header stands
/// before its content and tells the packed size, so what is large when packed is read and packed
/// twice.
/// Errc::usage for a time out of range or a name that is empty, no UTF-8 or stands twice,
/// Errc::limit for what would need zip64, Errc::changed for a file that was not the same when read
/// again, otherwise the error of the file that could not be read.
platform::Result<void> stream_zip(
    std::span<const ZipEntry> entries, const ZipOptions& options, const ZipSink& sink
);

/// The same archive in memory.
platform::Result<platform::ByteBuffer> write_zip(
    std::span<const ZipEntry> entries, const ZipOptions& options
);

}  // namespace sfmkit::client
