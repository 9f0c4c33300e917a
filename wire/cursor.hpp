#pragma once

#include "platform/bytes.hpp"

#include <cstdint>
#include <optional>

namespace sfmkit::wire {

/// Reads from the front of bytes with bounds checked. After the first failure every read gives
/// nothing, so a caller may read all fields and ask failed() once at the end.
class Cursor {
  public:
    explicit Cursor(platform::Bytes bytes) noexcept : bytes_(bytes) {}

    std::optional<std::uint16_t> u16_le() noexcept;
    std::optional<std::uint32_t> u32_le() noexcept;
    std::optional<platform::Bytes> take(std::size_t count) noexcept;
    bool skip(std::size_t count) noexcept;

    /// Bytes read so far.
    std::size_t offset() const noexcept { return offset_; }
    std::size_t remaining() const noexcept { return failed_ ? 0 : bytes_.size() - offset_; }
    bool failed() const noexcept { return failed_; }

  private:
    platform::Bytes bytes_;
    std::size_t offset_ = 0;
    bool failed_ = false;
};

}  // namespace sfmkit::wire
