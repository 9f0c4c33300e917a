#include "mockserver/storage/upload_index.hpp"

namespace sfmkit::mockserver {

IndexEntry* UploadIndex::find(const std::string& id) {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
}

IndexEntry& UploadIndex::add(const std::string& id) {
    return entries_[id];
}

void UploadIndex::erase(const std::string& id) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) return;
    stored_bytes_ -= found->second.size_bytes.value_or(0);
    entries_.erase(found);
}

void UploadIndex::keep_record(const std::string& id, IndexEntry& entry, const Upload& upload) {
    if (entry.record) {
        *entry.record = upload;
        return;
    }
    entry.record = std::make_unique<Upload>(upload);
    with_record_.push_back(id);
    if (with_record_.size() > kept_records_) drop_oldest_record();
}

void UploadIndex::drop_oldest_record() {
    const std::string id = std::move(with_record_.front());
    with_record_.pop_front();
    if (IndexEntry* entry = find(id)) entry->record.reset();
}

void UploadIndex::set_size(IndexEntry& entry, std::optional<std::uint64_t> size_bytes) {
    stored_bytes_ -= entry.size_bytes.value_or(0);
    entry.size_bytes = size_bytes;
    stored_bytes_ += entry.size_bytes.value_or(0);
}

}  // namespace sfmkit::mockserver
