#pragma once

#include "mockserver/storage/upload_index.hpp"
#include "platform/files.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

struct StoreLimits {
    /// Most bytes of all uploads together; more is Errc::disk_full, as on a disk of that size.
    std::optional<std::uint64_t> quota_bytes = {};
    std::size_t kept_records = 1024;  ///< records that are kept in memory
};

/// An upload and when its file got its last byte.
struct StoredUpload {
    Upload upload;
    platform::WallTime modified{};
};

/// Uploads on disk: `uploads/<id>` holds the bytes and nothing else, `uploads/<id>.json` what was
/// said about them. What is on disk counts: a restart finds all that was there. An open store,
/// which has the folder for itself, knows names and sizes and reads each record once.
///
/// An upload exists when its record does; its file may come with its first byte. Order of writes:
/// bytes, (sync,) record, answer. With Durability::process the size of the file is the offset,
/// unless the record says that a checksum is awaited; with Durability::power only the offset in the
/// record counts, for a file may have grown without its bytes being safe.
class UploadStore {
  public:
    UploadStore(
        platform::Files& files,
        const std::filesystem::path& data_folder,
        platform::Durability durability,
        const StoreLimits& limits = {}
    );

    /// Makes the folder and takes it for as long as this store lives: Errc::usage when another
    /// server has it. Checks that it can be written, and removes what a server that ended in the
    /// middle left: bytes without a record, and records that were not yet in place. A store that
    /// only looks on may go without.
    platform::Result<void> open();

    /// Nothing when there is no such upload.
    platform::Result<std::optional<Upload>> find(const std::string& id);
    /// Sorted by id.
    platform::Result<std::vector<Upload>> list();
    /// The next ids of an open store behind this one, in their order.
    std::vector<std::string> ids_after(const std::string& id, std::size_t most) const;
    /// The same as find() for whoever looks at all of them: what is kept in memory stays as it is.
    /// Without asks_file the time of the file is left out.
    platform::Result<std::optional<StoredUpload>> look_at(const std::string& id, bool asks_file);
    platform::Result<void> create(const Upload& upload);
    /// Creates an upload with the bytes of these, in this order. Sets its offset.
    platform::Result<void> create_joined(const std::vector<std::string>& parts, Upload& upload);
    /// Stores what was said about the upload, with Durability::power its offset too.
    platform::Result<void> update(const Upload& upload);
    platform::Result<void> remove(const std::string& id);
    /// The file, ready to take bytes at this offset; what stood behind it is cut off. The store
    /// must outlive it.
    platform::Result<std::unique_ptr<platform::WritableFile>> open_at(
        const std::string& id, std::uint64_t offset_bytes
    );
    /// Makes the bytes of the file and the upload's new state safe, in this order.
    platform::Result<void> settle(platform::WritableFile& file, const Upload& upload);

    /// Uploads on disk, as far as an open store knows.
    std::size_t count() const noexcept { return index_.count(); }

    /// The plain file of an upload; may not exist.
    std::filesystem::path file_of(const std::string& id) const;
    std::filesystem::path record_of(const std::string& id) const;

  private:
    platform::Result<void> take_folder();
    platform::Result<void> try_writing();
    platform::Result<void> take_stock();
    platform::Result<void> take_in(const std::string& id);
    platform::Result<void> store_record(const Upload& upload);
    platform::Result<void> store_first_record(const Upload& upload);
    platform::Result<std::vector<std::string>> list_ids() const;
    platform::Result<std::optional<Upload>> read_record(const std::string& id) const;
    platform::Result<std::optional<Upload>> look_up(const std::string& id) const;
    platform::Result<std::uint64_t> ask_size(const std::string& id) const;
    platform::Result<std::unique_ptr<platform::WritableFile>> open_file(
        const std::string& id, bool is_empty
    );
    platform::Result<void> copy_parts(
        const std::vector<std::string>& parts, platform::WritableFile& target
    );
    Upload with_offset(const Upload& record, std::uint64_t size_bytes) const;

    platform::Files& files_;
    std::filesystem::path data_folder_;
    std::filesystem::path folder_;
    platform::Durability durability_;
    StoreLimits limits_;
    UploadIndex index_;
    std::unique_ptr<platform::FileLock> lock_;
};

}  // namespace sfmkit::mockserver
