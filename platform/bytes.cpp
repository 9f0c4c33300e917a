#include "platform/bytes.hpp"

namespace sfmkit::platform {

Bytes as_bytes(std::string_view text) noexcept {
    return std::as_bytes(std::span(text));
}

std::string_view as_text(Bytes bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

ByteBuffer to_buffer(std::string_view text) {
    return to_buffer(as_bytes(text));
}

ByteBuffer to_buffer(Bytes bytes) {
    return {bytes.begin(), bytes.end()};
}

void append(ByteBuffer& target, Bytes bytes) {
    target.insert(target.end(), bytes.begin(), bytes.end());
}

std::string to_hex(Bytes bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<std::size_t>(byte);
        text += digits[value >> 4];
        text += digits[value & 15];
    }
    return text;
}

}  // namespace sfmkit::platform
