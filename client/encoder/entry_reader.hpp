#pragma once

#include "client/encoder/zip_writer.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace sfmkit::client {

/// The content of one entry, to be read from its start as often as needed.
class EntryReader {
  public:
    /// The entry must outlive the reader. Content above max_bytes fails with Errc::limit.
    static platform::Result<EntryReader> open(const ZipEntry& entry, std::uint64_t max_bytes);

    std::uint64_t size() const noexcept { return size_; }
    /// Hands out everything in pieces. Errc::changed when a file has not the size any more that it
    /// was opened with; an error of the taker ends the reading.
    platform::Result<void> read(const std::function<platform::Result<void>(platform::Bytes)>& take
    ) const;
    /// The error for content that was not the same when it was read again.
    std::unexpected<platform::Error> changed(std::string expected, std::string actual) const;

  private:
    EntryReader(
        const ZipEntry& entry, std::unique_ptr<platform::ReadableFile> file, std::uint64_t size
    );

    const ZipEntry* entry_;
    std::unique_ptr<platform::ReadableFile> file_;  ///< null for bytes in memory
    std::uint64_t size_;
};

}  // namespace sfmkit::client
