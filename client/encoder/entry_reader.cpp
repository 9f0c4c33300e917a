#include "client/encoder/entry_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sfmkit::client {

using platform::Bytes;
using platform::Errc;
using platform::fail;
using platform::Result;

namespace {

constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

}  // namespace

EntryReader::EntryReader(
    const ZipEntry& entry, std::unique_ptr<platform::ReadableFile> file, std::uint64_t size
)
    : entry_(&entry), file_(std::move(file)), size_(size) {}

Result<EntryReader> EntryReader::open(const ZipEntry& entry, std::uint64_t max_bytes) {
    std::uint64_t size = 0;
    std::unique_ptr<platform::ReadableFile> opened;
    if (const auto* bytes = std::get_if<Bytes>(&entry.content)) {
        size = bytes->size();
    } else {
        const auto& source = std::get<ZipEntryFile>(entry.content);
        auto file = source.files.open_for_reading(source.path);
        if (!file) return fail(file.error());
        const auto asked = (*file)->size();
        if (!asked) return fail(asked.error());
        size = *asked;
        opened = std::move(*file);
    }
    if (size > max_bytes) {
        return fail({
            .code = Errc::limit,
            .what = "an entry would need zip64",
            .where = entry.name,
            .expected = "less than 4 GiB",
            .actual = fmt::format("{} bytes", size),
        });
    }
    return EntryReader(entry, std::move(opened), size);
}

Result<void> EntryReader::read(const std::function<Result<void>(Bytes)>& take) const {
    if (file_ == nullptr) return take(std::get<Bytes>(entry_->content));
    platform::ByteBuffer buffer(piece_bytes);
    std::uint64_t offset = 0;
    std::size_t count = buffer.size();
    // One piece ends early, with the file: one that grew meanwhile shows as well.
    while (count == buffer.size()) {
        const auto got = file_->read_at(offset, buffer);
        if (!got) return fail(got.error());
        count = *got;
        offset += count;
        if (offset > size_) break;
        if (auto taken = take(Bytes(buffer).first(count)); !taken) return taken;
    }
    if (offset == size_) return {};
    return changed(
        fmt::format("{} bytes, as at the beginning", size_), fmt::format("{} bytes", offset)
    );
}

std::unexpected<platform::Error> EntryReader::changed(std::string expected, std::string actual)
    const {
    const auto* file = std::get_if<ZipEntryFile>(&entry_->content);
    return fail({
        .code = Errc::changed,
        .what = "a file changed while it was packed",
        .where = file != nullptr ? file->path.string() : entry_->name,
        .expected = std::move(expected),
        .actual = std::move(actual),
        .next = "pack again when nothing writes to the folder",
    });
}

}  // namespace sfmkit::client
