#include "platform/assert.hpp"
#include "platform/files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sfmkit::platform {
namespace {

namespace fs = std::filesystem;

struct ErrnoRow {
    int number;
    Errc code;
};

constexpr std::array errno_rows = {
    ErrnoRow{ENOENT, Errc::not_found},
    ErrnoRow{ENOTDIR, Errc::not_found},
    ErrnoRow{EACCES, Errc::not_permitted},
    ErrnoRow{EPERM, Errc::not_permitted},
    ErrnoRow{EROFS, Errc::not_permitted},
    ErrnoRow{EEXIST, Errc::already_exists},
    ErrnoRow{ENOSPC, Errc::disk_full},
    ErrnoRow{EDQUOT, Errc::disk_full},
    ErrnoRow{EFBIG, Errc::disk_full},
};

Error system_error(int number, const char* what, const fs::path& path) {
    const auto* const row = std::ranges::find(errno_rows, number, &ErrnoRow::number);
    return {
        .code = row != errno_rows.end() ? row->code : Errc::input_output,
        .what = what,
        .where = path.string(),
        .actual = std::generic_category().message(number),
    };
}

std::unexpected<Error> last_error(const char* what, const fs::path& path) {
    return std::unexpected(system_error(errno, what, path));
}

/// An open file; closed when it goes.
class Descriptor {
  public:
    Descriptor(int number, fs::path path) : number_(number), path_(std::move(path)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const noexcept { return number_; }
    int release() noexcept { return std::exchange(number_, -1); }
    const fs::path& path() const noexcept { return path_; }

  private:
    int number_;
    fs::path path_;
};

Result<std::uint64_t> size_of(const Descriptor& file) {
    struct stat status{};
    if (::fstat(file.number(), &status) != 0) return last_error("cannot ask the file", file.path());
    return static_cast<std::uint64_t>(status.st_size);
}

std::unexpected<Error> held_by_another(const fs::path& path) {
    return fail({
        .code = Errc::usage,
        .what = "another process is using this",
        .where = path.string(),
        .expected = "one process at a time",
        .actual = "a lock held by another one",
        .next = "wait until it has ended, or end it",
    });
}

class SystemFileLock final : public FileLock {
  public:
    /// Takes over the descriptor. Two of one open file share its lock, which the last one ends.
    static Result<std::unique_ptr<FileLock>> take(int number, const fs::path& path) {
        auto lock = std::make_unique<SystemFileLock>(number, path);
        if (::flock(number, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) return held_by_another(path);
            return last_error("cannot lock the file", path);
        }
        // Between opening and locking its owner may have removed or renamed it.
        struct stat opened{};
        struct stat named{};
        if (::fstat(number, &opened) != 0) return last_error("cannot ask the file", path);
        const bool same = ::lstat(path.c_str(), &named) == 0 && named.st_ino == opened.st_ino &&
                          named.st_dev == opened.st_dev;
        if (!same) return held_by_another(path);
        return lock;
    }
    SystemFileLock(int number, const fs::path& path) : file_(number, path) {}

  private:
    Descriptor file_;
};

class SystemReadableFile final : public ReadableFile {
  public:
    SystemReadableFile(int number, fs::path path) : file_(number, std::move(path)) {}

    Result<std::uint64_t> size() const override { return size_of(file_); }

    Result<std::size_t> read_at(std::uint64_t offset, MutableBytes target) const override {
        std::size_t done = 0;
        while (done < target.size()) {
            const auto count = ::pread(
                file_.number(),
                target.data() + done,
                target.size() - done,
                static_cast<off_t>(offset + done)
            );
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return last_error("cannot read the file", file_.path());
            if (count == 0) break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

  private:
    Descriptor file_;
};

class SystemWritableFile final : public WritableFile {
  public:
    SystemWritableFile(int number, fs::path path) : file_(number, std::move(path)) {}

    Result<void> append(Bytes bytes) override {
        while (!bytes.empty()) {
            const auto count = ::write(file_.number(), bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return last_error("cannot write the file", file_.path());
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return {};
    }

    Result<void> truncate(std::uint64_t size_bytes) override {
        if (::ftruncate(file_.number(), static_cast<off_t>(size_bytes)) != 0) {
            return last_error("cannot shorten the file", file_.path());
        }
        return {};
    }

    Result<std::uint64_t> size() const override { return size_of(file_); }

    Result<void> sync() override {
        if (::fdatasync(file_.number()) != 0) {
            return last_error("cannot sync the file", file_.path());
        }
        return {};
    }

    Result<void> close() override {
        const int number = file_.release();
        if (number < 0) return {};
        if (::close(number) != 0) return last_error("cannot close the file", file_.path());
        return {};
    }

    Result<std::unique_ptr<FileLock>> lock() override {
        const int number = ::fcntl(file_.number(), F_DUPFD_CLOEXEC, 0);
        if (number < 0) return last_error("cannot lock the file", file_.path());
        return SystemFileLock::take(number, file_.path());
    }

  private:
    Descriptor file_;
};

FileKind kind_of(mode_t mode) noexcept {
    if (S_ISREG(mode)) return FileKind::regular;
    if (S_ISDIR(mode)) return FileKind::directory;
    if (S_ISLNK(mode)) return FileKind::symbolic_link;
    return FileKind::other;
}

std::unexpected<Error> from_error_code(
    const std::error_code& code, const char* what, const fs::path& path
) {
    return std::unexpected(system_error(code.value(), what, path));
}

}  // namespace

Result<std::unique_ptr<ReadableFile>> SystemFiles::open_for_reading(const fs::path& path) {
    // O_NONBLOCK: opening a pipe that nobody writes must not hang; regular files ignore it.
    const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (number < 0) return last_error("cannot open the file", path);
    auto file = std::make_unique<SystemReadableFile>(number, path);
    struct stat status{};
    if (::fstat(number, &status) != 0) return last_error("cannot ask the file", path);
    if (!S_ISREG(status.st_mode)) {
        return fail({
            .code = Errc::malformed,
            .what = "cannot read this as a file",
            .where = path.string(),
            .expected = "a regular file",
            .actual = S_ISDIR(status.st_mode) ? "a folder" : "a pipe, socket or device",
        });
    }
    return file;
}

Result<std::unique_ptr<WritableFile>> SystemFiles::create(
    const fs::path& path, Existing existing, Access access
) {
    constexpr int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    const mode_t mode = access == Access::owner_only ? 0600 : 0666;
    int number = ::open(path.c_str(), flags | O_EXCL, mode);
    if (number >= 0) return std::make_unique<SystemWritableFile>(number, path);
    if (errno != EEXIST || existing == Existing::keep_and_fail) {
        return last_error("cannot create the file", path);
    }
    number = ::open(path.c_str(), flags | O_TRUNC, mode);
    if (number < 0) return last_error("cannot create the file", path);
    auto file = std::make_unique<SystemWritableFile>(number, path);
    // An existing file keeps its mode on open; a secret must not land in a readable one.
    if (access == Access::owner_only && ::fchmod(number, mode) != 0) {
        return last_error("cannot protect the file", path);
    }
    return file;
}

Result<std::unique_ptr<WritableFile>> SystemFiles::open_for_appending(const fs::path& path) {
    const int number = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (number < 0) return last_error("cannot open the file", path);
    return std::make_unique<SystemWritableFile>(number, path);
}

Result<std::unique_ptr<FileLock>> SystemFiles::lock(const fs::path& path) {
    const int number = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (number < 0) return last_error("cannot open the file to lock", path);
    return SystemFileLock::take(number, path);
}

Result<std::optional<FileStatus>> SystemFiles::status(const fs::path& path) {
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) return std::optional<FileStatus>{};
        return last_error("cannot ask the file", path);
    }
    const auto modified = std::chrono::seconds(status.st_mtim.tv_sec) +
                          std::chrono::nanoseconds(status.st_mtim.tv_nsec);
    return FileStatus{
        .kind = kind_of(status.st_mode),
        .size_bytes = static_cast<std::uint64_t>(status.st_size),
        .modified = WallTime(std::chrono::floor<Duration>(modified)),
    };
}

Result<std::vector<DirectoryEntry>> SystemFiles::list(const fs::path& folder) {
    std::error_code error;
    std::vector<DirectoryEntry> entries;
    fs::directory_iterator iterator(folder, error);
    if (error) return from_error_code(error, "cannot list the folder", folder);
    for (; iterator != fs::directory_iterator(); iterator.increment(error)) {
        // The listing itself tells the kind most of the time, without a look at the file.
        FileKind kind = FileKind::other;
        if (iterator->is_symlink(error)) {
            kind = FileKind::symbolic_link;
        } else if (iterator->is_regular_file(error)) {
            kind = FileKind::regular;
        } else if (iterator->is_directory(error)) {
            kind = FileKind::directory;
        }
        // A file that vanished while we looked is not an entry any more.
        if (error) continue;
        entries.push_back({.name = iterator->path().filename().string(), .kind = kind});
    }
    if (error) return from_error_code(error, "cannot list the folder", folder);
    std::ranges::sort(entries, {}, &DirectoryEntry::name);
    return entries;
}

Result<void> SystemFiles::make_directories(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return from_error_code(error, "cannot make the folder", folder);
    return {};
}

Result<void> SystemFiles::rename(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return last_error("cannot rename to", to);
    return {};
}

Result<void> SystemFiles::remove(const fs::path& path) {
    std::error_code error;
    fs::remove(path, error);
    if (error) return from_error_code(error, "cannot remove", path);
    return {};
}

Result<void> SystemFiles::sync_directory(const fs::path& folder) {
    const fs::path named = folder.empty() ? fs::path(".") : folder;
    const int number = ::open(named.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (number < 0) return last_error("cannot open the folder", named);
    const Descriptor descriptor(number, named);
    if (::fsync(number) != 0) return last_error("cannot sync the folder", named);
    return {};
}

}  // namespace sfmkit::platform
