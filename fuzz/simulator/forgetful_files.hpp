#pragma once

#include "platform/files.hpp"

#include <map>
#include <string>

namespace sfmkit::fuzz {

/// A file system as a broken server uses it: what is appended stays in the program's memory until
/// the file is looked at again, and sync() lies. Whoever looks sees all of it; a kill loses it.
class ForgetfulFiles final : public platform::Files {
  public:
    explicit ForgetfulFiles(platform::Files& real);
    ~ForgetfulFiles() override;

    /// The process was killed.
    void forget() { pending_.clear(); }

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
    class Writer;

    platform::Result<void> write_down(const std::filesystem::path& path);

    platform::Files& real_;
    std::map<std::string, platform::ByteBuffer> pending_;
};

}  // namespace sfmkit::fuzz
