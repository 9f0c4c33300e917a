#include "mockserver/storage/counted_file.hpp"

#include <utility>

namespace sfmkit::mockserver {

CountedFile::CountedFile(
    UploadIndex& index,
    std::string id,
    std::unique_ptr<platform::WritableFile> real,
    std::optional<std::uint64_t> quota_bytes
)
    : index_(index), id_(std::move(id)), real_(std::move(real)), quota_bytes_(quota_bytes) {}

platform::Result<void> CountedFile::check_room(std::uint64_t more_bytes) const {
    if (!quota_bytes_ || index_.stored_bytes() + more_bytes <= *quota_bytes_) return {};
    return platform::fail({
        .code = platform::Errc::disk_full,
        .what = "the quota of all uploads is used up",
        .where = id_,
        .expected = "at most " + std::to_string(*quota_bytes_) + " bytes",
        .actual = std::to_string(index_.stored_bytes()) + " bytes, and " +
                  std::to_string(more_bytes) + " more were sent",
        .next = "remove uploads, or start serve with a larger --limit disk-quota",
    });
}

void CountedFile::tell(std::optional<std::uint64_t> size_bytes) {
    IndexEntry* entry = index_.find(id_);
    if (entry == nullptr) return;
    index_.set_size(*entry, size_bytes);
}

platform::Result<void> CountedFile::append(platform::Bytes bytes) {
    if (auto room = check_room(bytes.size()); !room) return room;
    const IndexEntry* entry = index_.find(id_);
    const auto before = entry == nullptr ? std::nullopt : entry->size_bytes;
    if (auto written = real_->append(bytes); !written) {
        tell(std::nullopt);
        return written;
    }
    if (before) tell(*before + bytes.size());
    return {};
}

platform::Result<void> CountedFile::truncate(std::uint64_t size_bytes) {
    auto cut = real_->truncate(size_bytes);
    tell(cut ? std::optional(size_bytes) : std::nullopt);
    return cut;
}

}  // namespace sfmkit::mockserver
