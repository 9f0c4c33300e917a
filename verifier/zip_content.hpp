#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct zip;
struct zip_file;

namespace sfmkit::verifier {

struct ZipDeleter {
    void operator()(zip* archive) const noexcept;
    void operator()(zip_file* entry) const noexcept;
};

/// The bytes of one entry, inflated piece by piece.
class ZipStream {
  public:
    explicit ZipStream(std::unique_ptr<zip_file, ZipDeleter> entry) : entry_(std::move(entry)) {}
    /// Fewer bytes than asked for, or none, at the end. Errc::malformed when data or checksum are
    /// bad; the checksum is known only at the end. Declared sizes are not trusted: count yourself.
    platform::Result<std::size_t> read(platform::MutableBytes target);

  private:
    std::unique_ptr<zip_file, ZipDeleter> entry_;
};

/// An archive as libzip sees it: it inflates and checks CRC-32, nothing else is asked of it.
/// Reads through the file, which must outlive it.
class ZipContent {
  public:
    /// Errc::malformed when libzip finds no archive.
    static platform::Result<ZipContent> open(const platform::ReadableFile& archive);

    std::uint64_t entry_count() const;
    /// The raw name of an entry; empty when there is none of that number.
    std::string name(std::uint64_t index) const;
    platform::Result<ZipStream> open_entry(std::uint64_t index) const;
    /// Why reading the file failed, if it did: libzip tells that like a damaged archive.
    const std::optional<platform::Error>& file_failure() const noexcept;

  private:
    struct Source;
    struct SourceDeleter {
        void operator()(Source* source) const noexcept;
    };

    ZipContent(std::unique_ptr<Source, SourceDeleter> source, zip* archive);

    std::unique_ptr<Source, SourceDeleter> source_;  ///< outlives the archive that reads from it
    std::unique_ptr<zip, ZipDeleter> archive_;
};

}  // namespace sfmkit::verifier
