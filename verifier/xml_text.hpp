#pragma once

#include <string_view>

namespace sfmkit::verifier {

/// A text of libxml2, which takes bytes for unsigned: its `xmlChar`. Empty when there is none.
inline std::string_view text_of(const unsigned char* text) noexcept {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// XML 1.0, production 3.
inline bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// A text without the blanks around it. Letter by letter: most texts begin and end with none.
inline std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace sfmkit::verifier
