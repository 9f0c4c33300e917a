#pragma once

#include "mockserver/tus/upload.hpp"

#include <deque>
#include <map>
#include <memory>
#include <string>

namespace sfmkit::mockserver {

/// What is kept in memory of one stored upload: little and of fixed size, but for the record, which
/// may go and be read again.
struct IndexEntry {
    /// As its record file says; empty: to be read.
    std::unique_ptr<Upload> record;
    /// Of its file; empty after a failed write, when the file must be asked.
    std::optional<std::uint64_t> size_bytes = 0;
};

/// All uploads of a store, by id. Grows by some 200 bytes for each; of the records only so many are
/// kept, the others are read when they are asked for.
class UploadIndex {
  public:
    explicit UploadIndex(std::size_t kept_records) : kept_records_(kept_records) {}

    using Entries = std::map<std::string, IndexEntry, std::less<>>;

    IndexEntry* find(const std::string& id);
    IndexEntry& add(const std::string& id);
    void erase(const std::string& id);
    /// Remembers what the record says, and lets the one go that has been kept longest.
    void keep_record(const std::string& id, IndexEntry& entry, const Upload& upload);
    /// Nothing: the file must be asked.
    void set_size(IndexEntry& entry, std::optional<std::uint64_t> size_bytes);

    const Entries& entries() const noexcept { return entries_; }
    std::size_t count() const noexcept { return entries_.size(); }
    /// Bytes of all uploads whose size is known.
    std::uint64_t stored_bytes() const noexcept { return stored_bytes_; }

  private:
    void drop_oldest_record();

    std::size_t kept_records_;
    Entries entries_;
    std::deque<std::string> with_record_;  ///< in the order in which the records were read
    std::uint64_t stored_bytes_ = 0;
};

}  // namespace sfmkit::mockserver
