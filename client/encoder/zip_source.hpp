#pragma once

#include "client/encoder/zip_writer.hpp"

#include <cstdint>
#include <memory>
#include <optional>

struct zip;
struct zip_source;

namespace sfmkit::client {

/// Feeds one entry's content to libzip. Must live until the archive is closed; keeps the error of
/// the file that failed, which libzip cannot carry.
class EntrySource {
  public:
    /// The entry must outlive this object. Content above max_bytes fails with Errc::limit.
    EntrySource(const ZipEntry& entry, std::uint64_t max_bytes);
    EntrySource(const EntrySource&) = delete;
    EntrySource& operator=(const EntrySource&) = delete;
    ~EntrySource();

    /// The source for zip_file_add, owned by the caller; null when libzip has none to give.
    zip_source* make(zip* archive);
    const std::optional<platform::Error>& failure() const noexcept { return failure_; }

  private:
    struct Callback;

    platform::Result<std::uint64_t> measure() const;
    platform::Result<void> open();
    platform::Result<std::size_t> read(platform::MutableBytes target);

    const ZipEntry& entry_;
    std::uint64_t max_bytes_;
    std::unique_ptr<platform::ReadableFile> file_;
    std::uint64_t size_ = 0;
    std::uint64_t offset_ = 0;
    std::optional<platform::Error> failure_;
};

}  // namespace sfmkit::client
