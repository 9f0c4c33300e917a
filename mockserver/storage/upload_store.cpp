#include "mockserver/storage/upload_store.hpp"

#include "mockserver/storage/counted_file.hpp"
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
    platform::Durability durability,
    const StoreLimits& limits
)
    : files_(files),
      data_folder_(data_folder),
      folder_(data_folder / "uploads"),
      durability_(durability),
      limits_(limits),
      index_(limits.kept_records) {}

std::filesystem::path UploadStore::file_of(const std::string& id) const {
    return folder_ / id;
}

std::filesystem::path UploadStore::record_of(const std::string& id) const {
    return folder_ / (id + std::string(record_suffix));
}

platform::Result<void> UploadStore::open() {
    if (auto made = files_.make_directories(folder_); !made) return made;
    if (auto taken = take_folder(); !taken) return taken;
    if (auto tried = try_writing(); !tried) return tried;
    return take_stock();
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

platform::Result<void> UploadStore::try_writing() {
    const std::filesystem::path probe = folder_ / "write-test";
    auto file = files_.create(probe, platform::Existing::replace, platform::Access::owner_only);
    if (!file) return std::unexpected(file.error());
    if (auto closed = (*file)->close(); !closed) return closed;
    return files_.remove(probe);
}

/// One listing tells all uploads; their records are read when they are asked for.
platform::Result<void> UploadStore::take_stock() {
    auto entries = files_.list(folder_);
    if (!entries) return std::unexpected(entries.error());
    const auto has = [&](const std::string& name) {
        return std::ranges::binary_search(*entries, name, {}, &platform::DirectoryEntry::name);
    };
    constexpr std::size_t id_letters = 32;
    for (const platform::DirectoryEntry& entry : *entries) {
        const std::string& name = entry.name;
        if (name.ends_with(record_suffix)) {
            const std::string id = name.substr(0, name.size() - record_suffix.size());
            index_.add(id);
            if (!has(id)) continue;
            if (auto taken = take_in(id); !taken) return taken;
            continue;
        }
        const bool bytes_alone =
            name.size() == id_letters && !has(name + std::string(record_suffix));
        if (!bytes_alone && !name.ends_with(platform::unfinished_suffix)) continue;
        if (auto removed = files_.remove(folder_ / name); !removed) return removed;
    }
    return {};
}

platform::Result<void> UploadStore::take_in(const std::string& id) {
    const auto status = files_.status(file_of(id));
    if (!status) return std::unexpected(status.error());
    if (!*status) return {};
    IndexEntry& entry = index_.add(id);
    index_.set_size(entry, (*status)->size_bytes);
    return {};
}

/// The upload as clients see it, out of its record and the size of its file.
Upload UploadStore::with_offset(const Upload& record, std::uint64_t size_bytes) const {
    Upload upload = record;
    const bool size_counts =
        durability_ == platform::Durability::process && !record.awaits_checksum;
    upload.offset_bytes = size_counts ? size_bytes : std::min(size_bytes, record.offset_bytes);
    return upload;
}

platform::Result<std::optional<Upload>> UploadStore::read_record(const std::string& id) const {
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
    return std::optional<Upload>(std::move(*upload));
}

platform::Result<std::uint64_t> UploadStore::ask_size(const std::string& id) const {
    const auto status = files_.status(file_of(id));
    if (!status) return std::unexpected(status.error());
    const std::optional<platform::FileStatus>& file = *status;
    return file ? file->size_bytes : 0;
}

/// For a store that does not have the folder for itself.
platform::Result<std::optional<Upload>> UploadStore::look_up(const std::string& id) const {
    auto record = read_record(id);
    if (!record || !*record) return record;
    const auto size = ask_size(id);
    if (!size) return std::unexpected(size.error());
    return std::optional<Upload>(with_offset(**record, *size));
}

platform::Result<std::optional<Upload>> UploadStore::find(const std::string& id) {
    if (!lock_) return look_up(id);
    IndexEntry* entry = index_.find(id);
    if (entry == nullptr) return std::optional<Upload>();
    if (!entry->record) {
        auto record = read_record(id);
        if (!record || !*record) return record;
        index_.keep_record(id, *entry, **record);
    }
    if (!entry->size_bytes) {
        const auto size = ask_size(id);
        if (!size) return std::unexpected(size.error());
        index_.set_size(*entry, *size);
    }
    return std::optional<Upload>(with_offset(*entry->record, *entry->size_bytes));
}

std::vector<std::string> UploadStore::ids_after(const std::string& id, std::size_t most) const {
    std::vector<std::string> ids;
    const auto& entries = index_.entries();
    for (auto entry = entries.upper_bound(id); entry != entries.end(); ++entry) {
        if (ids.size() == most) break;
        ids.push_back(entry->first);
    }
    return ids;
}

platform::Result<std::optional<StoredUpload>> UploadStore::look_at(
    const std::string& id, bool asks_file
) {
    const IndexEntry* entry = index_.find(id);
    const bool is_kept = entry != nullptr && entry->record && entry->size_bytes;
    auto upload = is_kept ? find(id) : look_up(id);
    if (!upload) return std::unexpected(upload.error());
    const std::optional<Upload>& known = *upload;
    if (!known) return std::optional<StoredUpload>();
    StoredUpload stored{.upload = *known};
    if (!asks_file) return std::optional(std::move(stored));
    const auto status = files_.status(file_of(id));
    if (!status) return std::unexpected(status.error());
    const std::optional<platform::FileStatus>& file = *status;
    if (file) stored.modified = file->modified;
    return std::optional(std::move(stored));
}

platform::Result<std::vector<std::string>> UploadStore::list_ids() const {
    std::vector<std::string> ids;
    if (lock_) {
        for (const auto& [id, entry] : index_.entries()) ids.push_back(id);
        return ids;
    }
    auto entries = files_.list(folder_);
    if (!entries) return std::unexpected(entries.error());
    for (const platform::DirectoryEntry& entry : *entries) {
        if (!entry.name.ends_with(record_suffix)) continue;
        ids.push_back(entry.name.substr(0, entry.name.size() - record_suffix.size()));
    }
    return ids;
}

platform::Result<std::vector<Upload>> UploadStore::list() {
    const auto ids = list_ids();
    if (!ids) return std::unexpected(ids.error());
    std::vector<Upload> uploads;
    for (const std::string& id : *ids) {
        const auto found = find(id);
        if (!found) return std::unexpected(found.error());
        const std::optional<Upload>& upload = *found;
        if (upload) uploads.push_back(*upload);
    }
    return uploads;
}

platform::Result<void> UploadStore::create(const Upload& upload) {
    // What is complete is a plain file; everything else gets one with its first byte.
    if (!upload.is_complete()) return store_first_record(upload);
    auto file = files_.create(
        file_of(upload.id), platform::Existing::keep_and_fail, platform::Access::owner_only
    );
    if (!file) return std::unexpected(file.error());
    if (auto closed = (*file)->close(); !closed) return closed;
    return store_first_record(upload);
}

/// The one that brings the upload into being: without it nothing of it may stay.
platform::Result<void> UploadStore::store_first_record(const Upload& upload) {
    auto stored = update(upload);
    if (stored) return stored;
    index_.erase(upload.id);
    // The first failure is the one to report; what stays now is removed at the next start.
    (void)files_.remove(record_of(upload.id));
    (void)files_.remove(file_of(upload.id));
    return stored;
}

platform::Result<void> UploadStore::update(const Upload& upload) {
    auto stored = store_record(upload);
    IndexEntry* entry = index_.find(upload.id);
    if (stored) {
        index_.keep_record(upload.id, entry ? *entry : index_.add(upload.id), upload);
    } else if (entry != nullptr) {
        // The old record or the new one: only the disk knows.
        entry->record.reset();
    }
    return stored;
}

platform::Result<void> UploadStore::store_record(const Upload& upload) {
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
    // Without a record there is no upload; bytes that stay are removed at the next start.
    index_.erase(id);
    if (auto removed = files_.remove(file_of(id)); !removed) return removed;
    if (durability_ == platform::Durability::process) return {};
    return files_.sync_directory(folder_);
}

platform::Result<std::unique_ptr<platform::WritableFile>> UploadStore::open_file(
    const std::string& id, bool is_empty
) {
    // An empty file may not be there yet, and one that is there loses nothing.
    auto file =
        is_empty
            ? files_.create(file_of(id), platform::Existing::replace, platform::Access::owner_only)
            : files_.open_for_appending(file_of(id));
    if (!file) return file;
    return std::make_unique<CountedFile>(index_, id, std::move(*file), limits_.quota_bytes);
}

platform::Result<std::unique_ptr<platform::WritableFile>> UploadStore::open_at(
    const std::string& id, std::uint64_t offset_bytes
) {
    auto file = open_file(id, offset_bytes == 0);
    if (!file) return file;
    if (offset_bytes == 0) {
        if (IndexEntry* entry = index_.find(id)) index_.set_size(*entry, 0);
        return file;
    }
    auto size = (*file)->size();
    if (!size) return std::unexpected(size.error());
    if (*size != offset_bytes) {
        if (auto cut = (*file)->truncate(offset_bytes); !cut) return std::unexpected(cut.error());
    }
    return file;
}

platform::Result<void> UploadStore::create_joined(
    const std::vector<std::string>& parts, Upload& upload
) {
    auto target = open_file(upload.id, true);
    if (!target) return std::unexpected(target.error());
    index_.add(upload.id);
    upload.offset_bytes = static_cast<std::uint64_t>(upload.length_bytes.value_or(0));
    auto filled = copy_parts(parts, **target);
    if (filled && durability_ == platform::Durability::power) filled = (*target)->sync();
    if (filled) return store_first_record(upload);
    index_.erase(upload.id);
    (void)files_.remove(file_of(upload.id));
    return filled;
}

platform::Result<void> UploadStore::copy_parts(
    const std::vector<std::string>& parts, platform::WritableFile& target
) {
    platform::ByteBuffer window(join_window_bytes);
    for (const std::string& part : parts) {
        auto source = files_.open_for_reading(file_of(part));
        if (!source) return std::unexpected(source.error());
        for (std::uint64_t at = 0;;) {
            auto count = (*source)->read_at(at, window);
            if (!count) return std::unexpected(count.error());
            if (*count == 0) break;
            const platform::Bytes piece = platform::Bytes(window).first(*count);
            if (auto written = target.append(piece); !written) return written;
            at += *count;
        }
    }
    return {};
}

platform::Result<void> UploadStore::settle(platform::WritableFile& file, const Upload& upload) {
    if (durability_ == platform::Durability::process) return {};
    if (auto synced = file.sync(); !synced) return synced;
    return update(upload);
}

}  // namespace sfmkit::mockserver
