#include "mockserver/storage/stepped_writer.hpp"

#include <algorithm>

namespace sfmkit::mockserver {

SteppedWriter::SteppedWriter(
    platform::WritableFile& file,
    WriteSteps steps,
    std::optional<std::int64_t> limit_bytes,
    std::optional<std::uint64_t> announced_bytes
)
    : file_(file), steps_(steps), limit_bytes_(limit_bytes), announced_bytes_(announced_bytes) {
    buffer_.reserve(std::min(2 * steps.step_bytes, announced_bytes.value_or(2 * steps.step_bytes)));
}

platform::Result<void> SteppedWriter::push(platform::Bytes bytes, platform::SteadyTime now) {
    const bool gap = steps_.gap.count() > 0 && now - last_push_ >= steps_.gap;
    last_push_ = now;
    if (gap && current_bytes_ > 0) {
        if (auto ended = end_read(); !ended) return ended;
    }
    while (!bytes.empty() && !too_much_data_) {
        const std::uint64_t room = steps_.step_bytes - current_bytes_;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size()));
        platform::append(buffer_, bytes.first(count));
        bytes = bytes.subspan(count);
        current_bytes_ += count;
        const bool fits = held_bytes_ + current_bytes_ <= steps_.step_bytes;
        if (!fits && !may_end_beyond_limit()) {
            if (auto written = write_held(); !written) return written;
        }
        if (current_bytes_ == steps_.step_bytes) {
            if (auto ended = end_read(); !ended) return ended;
        }
    }
    return {};
}

platform::Result<void> SteppedWriter::finish() {
    if (current_bytes_ > 0) {
        if (auto ended = end_read(); !ended) return ended;
    }
    return too_much_data_ ? platform::Result<void>() : write_held();
}

/// True when the read that is going on may still turn out too long.
bool SteppedWriter::may_end_beyond_limit() const noexcept {
    if (!limit_bytes_) return false;
    std::uint64_t longest = read_bytes_ + steps_.step_bytes;
    if (announced_bytes_) longest = std::min(longest, *announced_bytes_);
    return std::cmp_greater(longest, *limit_bytes_);
}

platform::Result<void> SteppedWriter::end_read() {
    read_bytes_ += current_bytes_;
    const std::uint64_t read = current_bytes_;
    current_bytes_ = 0;
    if (limit_bytes_ && std::cmp_greater(read_bytes_, *limit_bytes_)) {
        too_much_data_ = true;
        return {};
    }
    if (held_bytes_ > 0 && held_bytes_ + read > steps_.step_bytes) {
        if (auto written = write_held(); !written) return written;
    }
    held_bytes_ += read;
    return {};
}

platform::Result<void> SteppedWriter::write_held() {
    if (held_bytes_ == 0) return {};
    const auto count = static_cast<std::ptrdiff_t>(held_bytes_);
    const platform::Bytes held(buffer_.data(), static_cast<std::size_t>(held_bytes_));
    if (auto written = file_.append(held); !written) return written;
    written_bytes_ += held_bytes_;
    held_bytes_ = 0;
    buffer_.erase(buffer_.begin(), buffer_.begin() + count);
    return {};
}

}  // namespace sfmkit::mockserver
