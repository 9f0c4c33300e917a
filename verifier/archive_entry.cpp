#include "verifier/archive_entry.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier {

std::size_t EntryReader::read(platform::MutableBytes target) {
    if (ended_ || !problem_.empty()) return 0;
    const auto count = stream_.read(target);
    if (!count) {
        problem_ = count.error().actual;
        return 0;
    }
    bytes_ += *count;
    ended_ = *count < target.size();
    const bool ratio_counts = bytes_ > limits_.ratio_counts_from_bytes;
    if (bytes_ > limits_.entry_bytes) {
        problem_ = fmt::format("expands to more than {} bytes", limits_.entry_bytes);
    } else if (ratio_counts && bytes_ / limits_.ratio > entry_->compressed_bytes) {
        problem_ = fmt::format("expands to more than {} times its size", limits_.ratio);
    }
    if (!problem_.empty()) ended_ = false;
    return problem_.empty() ? *count : 0;
}

}  // namespace sfmkit::verifier
