#pragma once

#include "mockserver/tus/upload.hpp"
#include "platform/files.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// Uploads on disk: `uploads/<id>` holds the bytes and nothing else, `uploads/<id>.json` what was
/// said about them. The store keeps nothing in memory, so a restart finds all that was there.
///
/// An upload exists when its record does. Order of writes: bytes, (sync,) record, answer. With
/// Durability::process the size of the file is the offset, unless the record says that a checksum
/// is awaited; with Durability::power only the offset in the record counts, for a file may have
/// grown without its bytes being safe.
class UploadStore {
  public:
    UploadStore(
        platform::Files& files,
        const std::filesystem::path& data_folder,
        platform::Durability durability
    );

    /// Makes the folder and takes it for as long as this store lives: Errc::usage when another
    /// server has it. Checks that it can be written, and removes what a server that ended in the
    /// middle left: bytes without a record, and records that were not yet in place. A store that
    /// only looks on may go without.
    platform::Result<void> open();

    /// Nothing when there is no such upload.
    platform::Result<std::optional<Upload>> find(const std::string& id) const;
    /// Sorted by id.
    platform::Result<std::vector<Upload>> list() const;
    platform::Result<void> create(const Upload& upload);
    /// Stores what was said about the upload, with Durability::power its offset too.
    platform::Result<void> update(const Upload& upload);
    platform::Result<void> remove(const std::string& id);
    /// Fills a new upload with the bytes of these, in this order.
    platform::Result<void> join(const std::vector<std::string>& parts, Upload& upload);
    /// The file, ready to take bytes at this offset; what stood behind it is cut off.
    platform::Result<std::unique_ptr<platform::WritableFile>> open_at(
        const std::string& id, std::uint64_t offset_bytes
    );
    /// Makes the bytes of the file and the upload's new state safe, in this order.
    platform::Result<void> settle(platform::WritableFile& file, const Upload& upload);

    /// The plain file of an upload; may not exist.
    std::filesystem::path file_of(const std::string& id) const;

  private:
    std::filesystem::path record_of(const std::string& id) const;
    platform::Result<void> take_folder();
    platform::Result<void> remove_leftovers();

    platform::Files& files_;
    std::filesystem::path data_folder_;
    std::filesystem::path folder_;
    platform::Durability durability_;
    std::unique_ptr<platform::FileLock> lock_;
};

}  // namespace sfmkit::mockserver
