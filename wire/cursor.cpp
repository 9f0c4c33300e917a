#include "wire/cursor.hpp"

namespace sfmkit::wire {
namespace {

std::uint32_t byte_at(platform::Bytes bytes, std::size_t index) noexcept {
    return std::to_integer<std::uint32_t>(bytes[index]);
}

}  // namespace

std::optional<platform::Bytes> Cursor::take(std::size_t count) noexcept {
    if (count > remaining()) failed_ = true;
    if (failed_) return std::nullopt;
    const platform::Bytes taken = bytes_.subspan(offset_, count);
    offset_ += count;
    return taken;
}

bool Cursor::skip(std::size_t count) noexcept {
    return take(count).has_value();
}

std::optional<std::uint16_t> Cursor::u16_le() noexcept {
    const auto bytes = take(2);
    if (!bytes) return std::nullopt;
    return static_cast<std::uint16_t>(byte_at(*bytes, 0) | byte_at(*bytes, 1) << 8);
}

std::optional<std::uint32_t> Cursor::u32_le() noexcept {
    const auto bytes = take(4);
    if (!bytes) return std::nullopt;
    return byte_at(*bytes, 0) | byte_at(*bytes, 1) << 8 | byte_at(*bytes, 2) << 16 |
           byte_at(*bytes, 3) << 24;
}

}  // namespace sfmkit::wire
