#pragma once

#include "mockserver/storage/upload_index.hpp"
#include "platform/files.hpp"

namespace sfmkit::mockserver {

/// The file of an upload that tells the index how long it is, and takes no more than the quota of
/// all uploads leaves.
class CountedFile final : public platform::WritableFile {
  public:
    CountedFile(
        UploadIndex& index,
        std::string id,
        std::unique_ptr<platform::WritableFile> real,
        std::optional<std::uint64_t> quota_bytes
    );

    platform::Result<void> append(platform::Bytes bytes) override;
    platform::Result<void> truncate(std::uint64_t size_bytes) override;
    platform::Result<std::uint64_t> size() const override { return real_->size(); }
    platform::Result<void> sync() override { return real_->sync(); }
    platform::Result<void> close() override { return real_->close(); }
    platform::Result<std::unique_ptr<platform::FileLock>> lock() override { return real_->lock(); }

  private:
    platform::Result<void> check_room(std::uint64_t more_bytes) const;
    void tell(std::optional<std::uint64_t> size_bytes);

    UploadIndex& index_;
    std::string id_;
    std::unique_ptr<platform::WritableFile> real_;
    std::optional<std::uint64_t> quota_bytes_;
};

}  // namespace sfmkit::mockserver
