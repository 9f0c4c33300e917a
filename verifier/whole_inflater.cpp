#include "verifier/whole_inflater.hpp"

#include "platform/assert.hpp"
#include "verifier/deflate_header.hpp"

#include <libdeflate.h>

namespace sfmkit::verifier {
namespace {

constexpr std::uint16_t deflate_method = 8;

}  // namespace

WholeInflater::WholeInflater() : decompressor_(libdeflate_alloc_decompressor()) {
    SFM_ASSERT(decompressor_ != nullptr);
}

void WholeInflater::Deleter::operator()(libdeflate_decompressor* decompressor) const noexcept {
    libdeflate_free_decompressor(decompressor);
}

std::optional<std::string> WholeInflater::inflate(
    const platform::ReadableFile& archive, const ZipEntry& entry
) {
    const bool usual = entry.method == deflate_method && !entry.encrypted() &&
                       entry.compressed_bytes > 0 && entry.compressed_bytes <= most_bytes &&
                       entry.expanded_bytes > 0 && entry.expanded_bytes <= most_bytes;
    if (!usual) return std::nullopt;
    deflated_.resize(static_cast<std::size_t>(entry.compressed_bytes));
    const auto count = archive.read_at(entry.data_offset, deflated_);
    if (!count || *count != deflated_.size() || !is_single_block(deflated_)) return std::nullopt;
    std::string expanded(static_cast<std::size_t>(entry.expanded_bytes), '\0');
    std::size_t used = 0;
    std::size_t made = 0;
    const auto result = libdeflate_deflate_decompress_ex(
        decompressor_.get(),
        deflated_.data(),
        deflated_.size(),
        expanded.data(),
        expanded.size(),
        &used,
        &made
    );
    const bool whole = result == LIBDEFLATE_SUCCESS && used == deflated_.size() &&
                       made == expanded.size() &&
                       libdeflate_crc32(0, expanded.data(), expanded.size()) == entry.crc32;
    if (!whole) return std::nullopt;
    return expanded;
}

}  // namespace sfmkit::verifier
