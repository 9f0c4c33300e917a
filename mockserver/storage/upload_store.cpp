#include "mockserver/storage/upload_store.hpp"

#include "mockserver/storage/upload_record.hpp"

#include <algorithm>

namespace sfmkit::mockserver {
namespace {

// Far above the longest header block that is accepted.
constexpr std::uint64_t max_record_bytes = 1 << 20;
constexpr std::size_t join_window_bytes = 1 << 18;
constexpr std::string_view record_suffix = ".json";

}  // namespace

UploadStore::UploadStore(
    platform::Files& files,
    const std::filesystem::path& data_folder,
    platform::Durability durability
)
    : files_(files),
      data_folder_(data_folder),
      folder_(data_folder / "uploads"),
      durability_(durability) {}

std::filesystem::path UploadStore::file_of(const std::string& id) const {
    return folder_ / id;
}

std::filesystem::path UploadStore::record_of(const std::string& id) const {
    return folder_ / (id + std::string(record_suffix));
}

platform::Result<void> UploadStore::open() {
    if (auto made = files_.make_directories(folder_); !made) return made;
    if (auto taken = take_folder(); !taken) return taken;
    const std::filesystem::path probe = folder_ / "write-test";
    auto file = files_.create(probe, platform::Existing::replace, platform::Access::owner_only);
    if (!file) return std::unexpected(file.error());
    if (auto closed = (*file)->close(); !closed) return closed;
    if (auto removed = files_.remove(probe); !removed) return removed;
    return remove_leftovers();
}

/// Which uploads are being written to is known to one process only.
platform::Result<void> UploadStore::take_folder() {
    auto lock = files_.lock(data_folder_ / "lock");
    if (lock) {
        lock_ = std::move(*lock);
        return {};
    }
    platform::Error error = std::move(lock.error());
    if (error.code == platform::Errc::usage) {
        error.what = "another server is using this data folder";
        error.where = data_folder_.string();
        error.expected = "one server at a time in a data folder";
        error.actual = "a server that has not ended";
        error.next = "end that server, or give another folder: sfmkit serve --data-dir FOLDER";
    }
    return platform::fail(std::move(error));
}

platform::Result<void> UploadStore::remove_leftovers() {
    auto entries = files_.list(folder_);
    if (!entries) return std::unexpected(entries.error());
    const auto has_record = [&](const std::string& name) {
        const std::string record = name + std::string(record_suffix);
        return std::ranges::find(*entries, record, &platform::DirectoryEntry::name) !=
               entries->end();
    };
    constexpr std::size_t id_letters = 32;
    for (const platform::DirectoryEntry& entry : *entries) {
        const bool bytes_alone = entry.name.size() == id_letters && !has_record(entry.name);
        if (!bytes_alone && !entry.name.ends_with(platform::unfinished_suffix)) continue;
        if (auto removed = files_.remove(folder_ / entry.name); !removed) return removed;
    }
    return {};
}

platform::Result<std::optional<Upload>> UploadStore::find(const std::string& id) const {
    auto status = files_.status(record_of(id));
    if (!status) return std::unexpected(status.error());
    if (!*status) return std::optional<Upload>();
    auto text = files_.read_all(record_of(id), max_record_bytes);
    if (!text) return std::unexpected(text.error());
    auto upload = parse_upload_record(platform::as_text(*text));
    if (!upload) {
        upload.error().where = record_of(id).string();
        return std::unexpected(upload.error());
    }
    // A file system that folds case finds more names than were given.
    if (upload->id != id) return std::optional<Upload>();
    const auto asked = files_.status(file_of(id));
    if (!asked) return std::unexpected(asked.error());
    const std::optional<platform::FileStatus>& file = *asked;
    const std::uint64_t size = file ? file->size_bytes : 0;
    const bool size_counts =
        durability_ == platform::Durability::process && !upload->awaits_checksum;
    upload->offset_bytes = size_counts ? size : std::min(size, upload->offset_bytes);
    return std::optional<Upload>(std::move(*upload));
}

platform::Result<std::vector<Upload>> UploadStore::list() const {
    auto entries = files_.list(folder_);
    if (!entries) return std::unexpected(entries.error());
    std::vector<Upload> uploads;
    for (const platform::DirectoryEntry& entry : *entries) {
        if (!entry.name.ends_with(record_suffix)) continue;
        const auto found = find(entry.name.substr(0, entry.name.size() - record_suffix.size()));
        if (!found) return std::unexpected(found.error());
        const std::optional<Upload>& upload = *found;
        if (upload) uploads.push_back(*upload);
    }
    return uploads;
}

platform::Result<void> UploadStore::create(const Upload& upload) {
    auto file = files_.create(
        file_of(upload.id), platform::Existing::keep_and_fail, platform::Access::owner_only
    );
    if (!file) return std::unexpected(file.error());
    if (auto closed = (*file)->close(); !closed) return closed;
    return update(upload);
}

platform::Result<void> UploadStore::update(const Upload& upload) {
    const std::string text = print_upload_record(upload);
    return platform::replace_file(
        files_,
        record_of(upload.id),
        platform::as_bytes(text),
        platform::Access::owner_only,
        durability_
    );
}

platform::Result<void> UploadStore::remove(const std::string& id) {
    if (auto removed = files_.remove(record_of(id)); !removed) return removed;
    if (auto removed = files_.remove(file_of(id)); !removed) return removed;
    if (durability_ == platform::Durability::process) return {};
    return files_.sync_directory(folder_);
}

platform::Result<std::unique_ptr<platform::WritableFile>> UploadStore::open_at(
    const std::string& id, std::uint64_t offset_bytes
) {
    auto file = files_.open_for_appending(file_of(id));
    if (!file) return file;
    auto size = (*file)->size();
    if (!size) return std::unexpected(size.error());
    if (*size != offset_bytes) {
        if (auto cut = (*file)->truncate(offset_bytes); !cut) return std::unexpected(cut.error());
    }
    return file;
}

platform::Result<void> UploadStore::join(const std::vector<std::string>& parts, Upload& upload) {
    auto target = open_at(upload.id, 0);
    if (!target) return std::unexpected(target.error());
    platform::ByteBuffer window(join_window_bytes);
    for (const std::string& part : parts) {
        auto source = files_.open_for_reading(file_of(part));
        if (!source) return std::unexpected(source.error());
        for (std::uint64_t at = 0;;) {
            auto count = (*source)->read_at(at, window);
            if (!count) return std::unexpected(count.error());
            if (*count == 0) break;
            const platform::Bytes piece = platform::Bytes(window).first(*count);
            if (auto written = (*target)->append(piece); !written) return written;
            at += *count;
        }
    }
    upload.offset_bytes = static_cast<std::uint64_t>(upload.length_bytes.value_or(0));
    return settle(**target, upload);
}

platform::Result<void> UploadStore::settle(platform::WritableFile& file, const Upload& upload) {
    if (durability_ == platform::Durability::process) return {};
    if (auto synced = file.sync(); !synced) return synced;
    return update(upload);
}

}  // namespace sfmkit::mockserver
