#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace sfmkit::verifier {

/// UTF-8 as documents declare it; where nothing is declared it is UTF-8, too.
inline bool is_utf8_name(std::string_view encoding) noexcept {
    constexpr std::array names = {"utf-8", "UTF-8", "Utf-8", "utf8", "UTF8", ""};
    return std::ranges::find(names, encoding) != names.end();
}

}  // namespace sfmkit::verifier
