#pragma once

#include "platform/files.hpp"

namespace sfmkit::test {

/// Hands every operation to other files. Tests derive from it and change one thing.
class ForwardingFiles : public platform::Files {
  public:
    explicit ForwardingFiles(platform::Files& files) : files_(files) {}

    platform::Result<std::unique_ptr<platform::ReadableFile>> open_for_reading(
        const std::filesystem::path& path
    ) override;
    platform::Result<std::unique_ptr<platform::WritableFile>> create(
        const std::filesystem::path& path, platform::Existing existing, platform::Access access
    ) override;
    platform::Result<std::unique_ptr<platform::WritableFile>> open_for_appending(
        const std::filesystem::path& path
    ) override;
    platform::Result<std::unique_ptr<platform::FileLock>> lock(const std::filesystem::path& path
    ) override;
    platform::Result<std::optional<platform::FileStatus>> status(const std::filesystem::path& path
    ) override;
    platform::Result<std::vector<platform::DirectoryEntry>> list(const std::filesystem::path& folder
    ) override;
    platform::Result<void> make_directories(const std::filesystem::path& folder) override;
    platform::Result<void> rename(
        const std::filesystem::path& from, const std::filesystem::path& to
    ) override;
    platform::Result<void> remove(const std::filesystem::path& path) override;
    platform::Result<void> sync_directory(const std::filesystem::path& folder) override;

  private:
    platform::Files& files_;
};

enum class AfterFailure {
    works_again,  ///< as when a disk was full for a moment
    dead          ///< nothing changes any more, not even by removing: as after kill -9
};

/// Fails one operation that writes or names files, counted from 0 over all of them. What was
/// written before stays. For one thread at a time.
class FailingFiles final : public ForwardingFiles {
  public:
    FailingFiles(
        platform::Files& files,
        std::size_t failing_operation,
        AfterFailure after = AfterFailure::works_again
    )
        : ForwardingFiles(files), failing_operation_(failing_operation), after_(after) {}

    /// True once the operation that fails was reached.
    bool failed() const noexcept { return next_operation_ > failing_operation_; }

    platform::Result<std::unique_ptr<platform::WritableFile>> create(
        const std::filesystem::path& path, platform::Existing existing, platform::Access access
    ) override;
    platform::Result<void> make_directories(const std::filesystem::path& folder) override;
    platform::Result<void> rename(
        const std::filesystem::path& from, const std::filesystem::path& to
    ) override;
    platform::Result<void> remove(const std::filesystem::path& path) override;

  private:
    class File;

    platform::Result<void> step(const std::filesystem::path& path);

    std::size_t failing_operation_;
    AfterFailure after_;
    std::size_t next_operation_ = 0;
};

}  // namespace sfmkit::test
