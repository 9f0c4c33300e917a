#include "wire/base64.hpp"

#include <array>

namespace sfmkit::wire {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_letter = 0xff;

constexpr std::array<std::uint8_t, 256> values_of_letters = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(no_letter);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}();

/// The letters of one group as a number of 6 bits each, the first one highest.
std::optional<std::uint32_t> number_of(std::string_view letters) noexcept {
    std::uint32_t number = 0;
    for (const char letter : letters) {
        const std::uint8_t value = values_of_letters[static_cast<unsigned char>(letter)];
        if (value == no_letter) return std::nullopt;
        number = number << 6 | value;
    }
    return number;
}

void append_highest(platform::ByteBuffer& bytes, std::uint32_t number, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
        bytes.push_back(static_cast<std::byte>(number >> (16 - 8 * i) & 0xff));
    }
}

}  // namespace

std::string encode_base64(platform::Bytes bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const platform::Bytes group =
            bytes.subspan(at, std::min<std::size_t>(3, bytes.size() - at));
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::byte byte = i < group.size() ? group[i] : std::byte{0};
            number = number << 8 | std::to_integer<std::uint32_t>(byte);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= group.size() ? alphabet[number >> (18 - 6 * i) & 63] : '=';
        }
    }
    return text;
}

std::optional<platform::ByteBuffer> decode_base64(std::string_view text, Base64Rule rule) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    const std::string_view letters = text.substr(0, text.size() - padding);

    platform::ByteBuffer bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t at = 0; at < letters.size(); at += 4) {
        const std::string_view group = letters.substr(at, 4);
        auto number = number_of(group);
        if (!number) return std::nullopt;
        *number <<= 6 * (4 - group.size());
        const auto count = static_cast<unsigned>(group.size() - 1);
        const std::uint32_t unused = *number & (0xffffffu >> (8 * count));
        if (unused != 0 && rule == Base64Rule::strict) return std::nullopt;
        append_highest(bytes, *number, count);
    }
    return bytes;
}

}  // namespace sfmkit::wire
