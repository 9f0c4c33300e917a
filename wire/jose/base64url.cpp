#include "wire/jose/base64url.hpp"

#include "wire/base64.hpp"

#include <algorithm>

namespace sfmkit::wire {

std::string encode_base64url(platform::Bytes bytes) {
    std::string text = encode_base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(std::min(text.find('='), text.size()));
    return text;
}

JoseResult<platform::ByteBuffer> decode_base64url(std::string_view text) {
    const bool other_alphabet = text.find_first_of("+/=") != std::string_view::npos;
    if (other_alphabet || text.size() % 4 == 1) return refuse(JoseFault::not_base64url);
    std::string standard(text);
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    standard.append((4 - text.size() % 4) % 4, '=');
    if (auto bytes = decode_base64(standard)) return std::move(*bytes);
    const bool letters_are_right = decode_base64(standard, Base64Rule::unused_bits).has_value();
    return refuse(letters_are_right ? JoseFault::not_canonical : JoseFault::not_base64url);
}

}  // namespace sfmkit::wire
