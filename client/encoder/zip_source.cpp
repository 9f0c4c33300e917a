#include "client/encoder/zip_source.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>

namespace sfmkit::client {

using platform::Bytes;
using platform::Errc;
using platform::Error;
using platform::fail;
using platform::Result;

EntrySource::EntrySource(const ZipEntry& entry, std::uint64_t max_bytes)
    : entry_(entry), max_bytes_(max_bytes) {}

EntrySource::~EntrySource() = default;

Result<std::uint64_t> EntrySource::measure() const {
    std::uint64_t size = 0;
    if (const auto* bytes = std::get_if<Bytes>(&entry_.content)) {
        size = bytes->size();
    } else {
        const auto& file = std::get<ZipEntryFile>(entry_.content);
        const auto status = file.files.status(file.path);
        if (!status) return fail(status.error());
        const auto& found = *status;
        if (!found || found->kind != platform::FileKind::regular) {
            return fail({
                .code = Errc::not_found,
                .what = "an entry of the archive is no file",
                .where = file.path.string(),
                .expected = "a regular file",
                .actual = found ? "something else" : "nothing",
            });
        }
        size = found->size_bytes;
    }
    if (size > max_bytes_) {
        return fail({
            .code = Errc::limit,
            .what = "an entry would need zip64",
            .where = entry_.name,
            .expected = "less than 4 GiB",
            .actual = fmt::format("{} bytes", size),
        });
    }
    return size;
}

Result<void> EntrySource::open() {
    const auto size = measure();
    if (!size) return fail(size.error());
    size_ = *size;
    offset_ = 0;
    if (const auto* file = std::get_if<ZipEntryFile>(&entry_.content)) {
        auto opened = file->files.open_for_reading(file->path);
        if (!opened) return fail(opened.error());
        file_ = std::move(*opened);
    }
    return {};
}

Result<std::size_t> EntrySource::read(platform::MutableBytes target) {
    target = target.first(
        static_cast<std::size_t>(std::min<std::uint64_t>(target.size(), size_ - offset_))
    );
    if (target.empty()) return 0;
    if (file_ == nullptr) {
        const Bytes bytes = std::get<Bytes>(entry_.content);
        std::ranges::copy(
            bytes.subspan(static_cast<std::size_t>(offset_), target.size()), target.begin()
        );
    } else {
        const auto count = file_->read_at(offset_, target);
        if (!count) return fail(count.error());
        if (*count < target.size()) {
            return fail(
                {.code = Errc::changed,
                 .what = "a file became shorter while it was packed",
                 .where = std::get<ZipEntryFile>(entry_.content).path.string(),
                 .expected = fmt::format("{} bytes", size_),
                 .actual = fmt::format("{} bytes", offset_ + *count),
                 .next = "pack again when nothing writes to the folder"}
            );
        }
    }
    offset_ += target.size();
    return target.size();
}

/// The face that libzip sees: commands of zip_source_function(3).
struct EntrySource::Callback {
    static zip_int64_t stopped(EntrySource& self, Error error) {
        if (!self.failure_) self.failure_ = std::move(error);
        return -1;
    }

    static zip_int64_t status(EntrySource& self, void* data) {
        const auto size = self.measure();
        if (!size) return stopped(self, size.error());
        auto* status = static_cast<zip_stat_t*>(data);
        zip_stat_init(status);
        // A known size is what keeps data descriptors and zip64 out of the archive.
        status->size = *size;
        status->mtime = 0;
        status->valid = ZIP_STAT_SIZE | ZIP_STAT_MTIME;
        return sizeof(zip_stat_t);
    }

    static zip_int64_t call(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
        auto& self = *static_cast<EntrySource*>(user);
        switch (static_cast<int>(command)) {
            case ZIP_SOURCE_STAT:
                return status(self, data);
            case ZIP_SOURCE_OPEN: {
                auto opened = self.open();
                return opened ? 0 : stopped(self, opened.error());
            }
            case ZIP_SOURCE_READ: {
                auto count = self.read({static_cast<std::byte*>(data), length});
                return count ? static_cast<zip_int64_t>(*count) : stopped(self, count.error());
            }
            case ZIP_SOURCE_CLOSE:
                self.file_.reset();
                return 0;
            case ZIP_SOURCE_ERROR: {
                auto* codes = static_cast<int*>(data);
                codes[0] = ZIP_ER_READ;
                codes[1] = 0;
                return 2 * sizeof(int);
            }
            case ZIP_SOURCE_FREE:
                return 0;
            case ZIP_SOURCE_SUPPORTS:
                return ZIP_SOURCE_SUPPORTS_READABLE;
            default:
                return -1;
        }
    }
};

zip_source* EntrySource::make(zip* archive) {
    return zip_source_function(archive, &Callback::call, this);
}

}  // namespace sfmkit::client
