#include "fuzz/simulator/forgetful_files.hpp"

namespace sfmkit::fuzz {

using platform::Result;

class ForgetfulFiles::Writer final : public platform::WritableFile {
  public:
    Writer(
        ForgetfulFiles& files,
        std::unique_ptr<platform::WritableFile> real,
        const std::filesystem::path& path
    )
        : files_(files), real_(std::move(real)), path_(path) {}

    Result<void> append(platform::Bytes bytes) override {
        platform::append(files_.pending_[path_.string()], bytes);
        return {};
    }

    Result<void> truncate(std::uint64_t size_bytes) override {
        if (auto written = write_down(); !written) return written;
        return real_->truncate(size_bytes);
    }

    Result<std::uint64_t> size() const override {
        auto size = real_->size();
        if (!size) return size;
        const auto found = files_.pending_.find(path_.string());
        return found == files_.pending_.end() ? *size : *size + found->second.size();
    }

    Result<void> sync() override { return {}; }
    Result<void> close() override { return real_->close(); }
    Result<std::unique_ptr<platform::FileLock>> lock() override { return real_->lock(); }

  private:
    Result<void> write_down() {
        const auto found = files_.pending_.find(path_.string());
        if (found == files_.pending_.end()) return {};
        auto written = real_->append(found->second);
        files_.pending_.erase(found);
        return written;
    }

    ForgetfulFiles& files_;
    std::unique_ptr<platform::WritableFile> real_;
    std::filesystem::path path_;
};

ForgetfulFiles::ForgetfulFiles(platform::Files& real) : real_(real) {}

ForgetfulFiles::~ForgetfulFiles() = default;

Result<void> ForgetfulFiles::write_down(const std::filesystem::path& path) {
    const auto found = pending_.find(path.string());
    if (found == pending_.end()) return {};
    auto file = real_.open_for_appending(path);
    if (!file) return std::unexpected(file.error());
    auto written = (*file)->append(found->second);
    pending_.erase(found);
    return written;
}

Result<std::unique_ptr<platform::ReadableFile>> ForgetfulFiles::open_for_reading(
    const std::filesystem::path& path
) {
    if (auto written = write_down(path); !written) return std::unexpected(written.error());
    return real_.open_for_reading(path);
}

Result<std::unique_ptr<platform::WritableFile>> ForgetfulFiles::create(
    const std::filesystem::path& path, platform::Existing existing, platform::Access access
) {
    auto file = real_.create(path, existing, access);
    if (!file) return file;
    pending_.erase(path.string());
    // Only bytes of uploads are forgotten: without its record an upload would not even be found.
    if (path.extension() != "") return file;
    return std::make_unique<Writer>(*this, std::move(*file), path);
}

Result<std::unique_ptr<platform::WritableFile>> ForgetfulFiles::open_for_appending(
    const std::filesystem::path& path
) {
    if (auto written = write_down(path); !written) return std::unexpected(written.error());
    auto file = real_.open_for_appending(path);
    if (!file || path.extension() != "") return file;
    return std::make_unique<Writer>(*this, std::move(*file), path);
}

Result<std::unique_ptr<platform::FileLock>> ForgetfulFiles::lock(const std::filesystem::path& path
) {
    return real_.lock(path);
}

Result<std::optional<platform::FileStatus>> ForgetfulFiles::status(const std::filesystem::path& path
) {
    if (auto written = write_down(path); !written) return std::unexpected(written.error());
    return real_.status(path);
}

Result<std::vector<platform::DirectoryEntry>> ForgetfulFiles::list(
    const std::filesystem::path& folder
) {
    return real_.list(folder);
}

Result<void> ForgetfulFiles::make_directories(const std::filesystem::path& folder) {
    return real_.make_directories(folder);
}

Result<void> ForgetfulFiles::rename(
    const std::filesystem::path& from, const std::filesystem::path& to
) {
    if (auto written = write_down(from); !written) return written;
    return real_.rename(from, to);
}

Result<void> ForgetfulFiles::remove(const std::filesystem::path& path) {
    pending_.erase(path.string());
    return real_.remove(path);
}

Result<void> ForgetfulFiles::sync_directory(const std::filesystem::path& folder) {
    return real_.sync_directory(folder);
}

}  // namespace sfmkit::fuzz
