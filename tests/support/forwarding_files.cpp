#include "tests/support/forwarding_files.hpp"

#include <utility>

namespace sfmkit::test {

using platform::Result;
using Path = std::filesystem::path;

Result<std::unique_ptr<platform::ReadableFile>> ForwardingFiles::open_for_reading(const Path& path
) {
    return files_.open_for_reading(path);
}

Result<std::unique_ptr<platform::WritableFile>> ForwardingFiles::create(
    const Path& path, platform::Existing existing, platform::Access access
) {
    return files_.create(path, existing, access);
}

Result<std::unique_ptr<platform::WritableFile>> ForwardingFiles::open_for_appending(const Path& path
) {
    return files_.open_for_appending(path);
}

Result<std::unique_ptr<platform::FileLock>> ForwardingFiles::lock(const Path& path) {
    return files_.lock(path);
}

Result<std::optional<platform::FileStatus>> ForwardingFiles::status(const Path& path) {
    return files_.status(path);
}

Result<std::vector<platform::DirectoryEntry>> ForwardingFiles::list(const Path& folder) {
    return files_.list(folder);
}

Result<void> ForwardingFiles::make_directories(const Path& folder) {
    return files_.make_directories(folder);
}

Result<void> ForwardingFiles::rename(const Path& from, const Path& to) {
    return files_.rename(from, to);
}

Result<void> ForwardingFiles::remove(const Path& path) {
    return files_.remove(path);
}

Result<void> ForwardingFiles::sync_directory(const Path& folder) {
    return files_.sync_directory(folder);
}

class FailingFiles::File final : public platform::WritableFile {
  public:
    File(FailingFiles& owner, Path path, std::unique_ptr<platform::WritableFile> file)
        : owner_(owner), path_(std::move(path)), file_(std::move(file)) {}

    Result<void> append(platform::Bytes bytes) override {
        if (auto good = owner_.step(path_); !good) return good;
        return file_->append(bytes);
    }
    Result<void> truncate(std::uint64_t size_bytes) override { return file_->truncate(size_bytes); }
    Result<std::uint64_t> size() const override { return file_->size(); }
    Result<void> sync() override {
        if (auto good = owner_.step(path_); !good) return good;
        return file_->sync();
    }
    Result<std::unique_ptr<platform::FileLock>> lock() override { return file_->lock(); }
    Result<void> close() override {
        if (auto good = owner_.step(path_); !good) return good;
        return file_->close();
    }

  private:
    FailingFiles& owner_;
    Path path_;
    std::unique_ptr<platform::WritableFile> file_;
};

Result<void> FailingFiles::step(const Path& path) {
    const std::size_t operation = next_operation_++;
    const bool is_dead = after_ == AfterFailure::dead && operation > failing_operation_;
    if (operation != failing_operation_ && !is_dead) return {};
    return platform::fail({
        .code = platform::Errc::disk_full,
        .what = "no space left",
        .where = path.string(),
    });
}

Result<std::unique_ptr<platform::WritableFile>> FailingFiles::create(
    const Path& path, platform::Existing existing, platform::Access access
) {
    if (auto good = step(path); !good) return platform::fail(good.error());
    auto file = ForwardingFiles::create(path, existing, access);
    if (!file) return file;
    return std::make_unique<File>(*this, path, std::move(*file));
}

Result<void> FailingFiles::make_directories(const Path& folder) {
    if (auto good = step(folder); !good) return good;
    return ForwardingFiles::make_directories(folder);
}

Result<void> FailingFiles::rename(const Path& from, const Path& to) {
    if (auto good = step(from); !good) return good;
    return ForwardingFiles::rename(from, to);
}

Result<void> FailingFiles::remove(const Path& path) {
    if (after_ == AfterFailure::dead) {
        if (auto good = step(path); !good) return good;
    }
    return ForwardingFiles::remove(path);
}

}  // namespace sfmkit::test
