#pragma once

#include "platform/files.hpp"

#include <filesystem>
#include <memory>

namespace sfmkit::client {

/// A file that gets its name only when it is complete: it is written as `<name>.partial` beside the
/// target, renamed by commit(), and removed when destroyed before that.
class PendingFile {
  public:
    /// Errc::already_exists when the target is there and existing is keep_and_fail, Errc::usage
    /// when another process writes the same file. A leftover of an ended run is replaced; two
    /// writers never share one file.
    static platform::Result<PendingFile> create(
        platform::Files& files,
        const std::filesystem::path& target,
        platform::Existing existing,
        platform::Access access
    );
    PendingFile(PendingFile&& other) noexcept = default;
    PendingFile& operator=(PendingFile&&) = delete;
    ~PendingFile();

    platform::WritableFile& file() noexcept { return *file_; }
    /// Closes, gives the name, and with Durability::power makes both survive power loss.
    platform::Result<void> commit(platform::Durability durability);

  private:
    PendingFile(
        platform::Files& files,
        std::filesystem::path target,
        std::filesystem::path partial,
        std::unique_ptr<platform::WritableFile> file,
        std::unique_ptr<platform::FileLock> lock
    );

    platform::Files* files_;
    std::filesystem::path target_;
    std::filesystem::path partial_;
    std::unique_ptr<platform::WritableFile> file_;  ///< null once committed or moved from
    std::unique_ptr<platform::FileLock> lock_;      ///< kept until the file has its name
};

}  // namespace sfmkit::client
