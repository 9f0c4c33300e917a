#include "mockserver/storage/flushed_writer.hpp"

#include <utility>

namespace sfmkit::mockserver {

FlushedWriter::FlushedWriter(
    platform::WritableFile& file,
    std::uint64_t start_bytes,
    FlushRules rules,
    std::optional<std::int64_t> limit_bytes
)
    : file_(file), start_bytes_(start_bytes), rules_(rules), limit_bytes_(limit_bytes) {}

platform::Result<void> FlushedWriter::push(platform::Bytes bytes, platform::SteadyTime now) {
    const bool gap = rules_.gap.count() > 0 && now - last_push_ >= rules_.gap;
    last_push_ = now;
    if (gap || burst_bytes_ >= rules_.burst_bytes) begin_burst();
    burst_bytes_ += bytes.size();
    received_bytes_ += bytes.size();
    if (limit_bytes_ && std::cmp_greater(received_bytes_, *limit_bytes_)) return refuse_burst();
    const bool enough = held_.size() + bytes.size() >= rules_.threshold_bytes;
    if (!enough && !burst_is_flushed_) {
        platform::append(held_, bytes);
        return {};
    }
    burst_is_flushed_ = true;
    if (!held_.empty()) {
        if (auto written = write(held_); !written) return written;
        held_.clear();
    }
    return write(bytes);
}

platform::Result<void> FlushedWriter::finish() {
    if (too_much_data_) return {};
    // A length that is already exceeded refuses an empty body too.
    if (limit_bytes_ && std::cmp_greater(received_bytes_, *limit_bytes_)) return refuse_burst();
    if (held_.empty()) return {};
    auto written = write(held_);
    held_.clear();
    return written;
}

void FlushedWriter::begin_burst() noexcept {
    burst_bytes_ = 0;
    burst_is_flushed_ = false;
    written_before_burst_ = written_bytes_;
}

platform::Result<void> FlushedWriter::write(platform::Bytes bytes) {
    if (auto written = file_.append(bytes); !written) return written;
    written_bytes_ += bytes.size();
    return {};
}

platform::Result<void> FlushedWriter::refuse_burst() {
    too_much_data_ = true;
    held_.clear();
    if (written_bytes_ == written_before_burst_) return {};
    written_bytes_ = written_before_burst_;
    return file_.truncate(start_bytes_ + written_bytes_);
}

}  // namespace sfmkit::mockserver
