#pragma once

#include "platform/bytes.hpp"
#include "platform/clock.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::platform {

/// What a name stands for. Links are never followed when a kind is asked for.
enum class FileKind { regular, directory, symbolic_link, other };

struct FileStatus {
    FileKind kind = FileKind::regular;
    std::uint64_t size_bytes = 0;
    WallTime modified{};
};

struct DirectoryEntry {
    std::string name{};  ///< UTF-8, exactly as listed, without the folder
    FileKind kind = FileKind::regular;
};

/// Random access to a file that is open for reading.
class ReadableFile {
  public:
    virtual ~ReadableFile() = default;
    /// Size when the file was asked, in bytes.
    virtual Result<std::uint64_t> size() const = 0;
    /// Fills the target from the offset on; returns fewer bytes only at the end of the file.
    virtual Result<std::size_t> read_at(std::uint64_t offset, MutableBytes target) const = 0;
};

/// Keeps others out until it goes; ends with the process, however that ends.
class FileLock {
  public:
    virtual ~FileLock() = default;
};

/// A file that is open for writing at its end.
class WritableFile {
  public:
    virtual ~WritableFile() = default;
    /// Writes everything or fails; after a failure the end of the file is not defined.
    virtual Result<void> append(Bytes bytes) = 0;
    /// Cuts the file to this many bytes; the next append goes there.
    virtual Result<void> truncate(std::uint64_t size_bytes) = 0;
    virtual Result<std::uint64_t> size() const = 0;
    /// Survives power loss when this returns without error.
    virtual Result<void> sync() = 0;
    /// Closes and reports what closing reported; destruction closes silently.
    virtual Result<void> close() = 0;
    /// Takes the file for this process, also beyond close(). Errc::usage when another has it or has
    /// removed it meanwhile.
    virtual Result<std::unique_ptr<FileLock>> lock() = 0;
};

/// Who may read a file that we make.
enum class Access { everybody, owner_only };

/// What must be true of the target before a file is made.
enum class Existing { keep_and_fail, replace };

/// The file system. Paths are in the native form; every error names the path.
class Files {
  public:
    virtual ~Files() = default;

    virtual Result<std::unique_ptr<ReadableFile>> open_for_reading(const std::filesystem::path& path
    ) = 0;
    virtual Result<std::unique_ptr<WritableFile>> create(
        const std::filesystem::path& path, Existing existing, Access access
    ) = 0;
    /// The file must exist.
    virtual Result<std::unique_ptr<WritableFile>> open_for_appending(
        const std::filesystem::path& path
    ) = 0;

    /// Makes the file if it is not there and takes it for this process. Errc::usage when another
    /// process (or another lock of this one) has it or has put another file there meanwhile. The
    /// file itself is not touched and stays; a link is not followed.
    virtual Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path) = 0;

    /// Nothing there is not an error.
    virtual Result<std::optional<FileStatus>> status(const std::filesystem::path& path) = 0;
    /// Sorted by name, byte by byte; without `.` and `..`.
    virtual Result<std::vector<DirectoryEntry>> list(const std::filesystem::path& folder) = 0;
    /// Makes the folder and those above it; existing ones are fine.
    virtual Result<void> make_directories(const std::filesystem::path& folder) = 0;
    /// Replaces the target if there is one, in one step.
    virtual Result<void> rename(
        const std::filesystem::path& from, const std::filesystem::path& to
    ) = 0;
    /// Nothing there is not an error.
    virtual Result<void> remove(const std::filesystem::path& path) = 0;
    /// Makes renames, creations and removals inside the folder survive power loss.
    virtual Result<void> sync_directory(const std::filesystem::path& folder) = 0;

    /// The whole file, refused above the limit.
    Result<ByteBuffer> read_all(const std::filesystem::path& path, std::uint64_t limit_bytes);
};

/// How much of a write must be safe before it counts as done (design section 3).
enum class Durability {
    process,  ///< handed to the operating system: survives the end of the process
    power     ///< synced: survives power loss
};

/// What replace_file puts behind the name of the file that it writes first. One that is found later
/// was left by a process that ended in the middle, and holds nothing that counts.
inline constexpr std::string_view unfinished_suffix = ".new";

/// Writes beside the target and renames: readers see the old content or the new one, nothing
/// between.
Result<void> replace_file(
    Files& files,
    const std::filesystem::path& target,
    Bytes content,
    Access access,
    Durability durability
);

/// The real file system.
class SystemFiles final : public Files {
  public:
    Result<std::unique_ptr<ReadableFile>> open_for_reading(const std::filesystem::path& path
    ) override;
    Result<std::unique_ptr<WritableFile>> create(
        const std::filesystem::path& path, Existing existing, Access access
    ) override;
    Result<std::unique_ptr<WritableFile>> open_for_appending(const std::filesystem::path& path
    ) override;
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path) override;
    Result<std::optional<FileStatus>> status(const std::filesystem::path& path) override;
    Result<std::vector<DirectoryEntry>> list(const std::filesystem::path& folder) override;
    Result<void> make_directories(const std::filesystem::path& folder) override;
    Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to)
        override;
    Result<void> remove(const std::filesystem::path& path) override;
    Result<void> sync_directory(const std::filesystem::path& folder) override;
};

}  // namespace sfmkit::platform
