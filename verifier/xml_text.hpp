#pragma once

#include <string_view>

namespace sfmkit::verifier {

/// A text of libxml2, which takes bytes for unsigned: its `xmlChar`. Empty when there is none.
inline std::string_view text_of(const unsigned char* text) noexcept {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

}  // namespace sfmkit::verifier
