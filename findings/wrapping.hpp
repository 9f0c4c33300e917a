#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::findings {

/// How many letters of UTF-8 the text has, not bytes.
std::size_t columns_of(std::string_view text) noexcept;

/// The first letters of the text, whole ones.
std::string_view first_columns(std::string_view text, std::size_t columns) noexcept;

/// Breaks the text at blanks into lines of at most so many columns; lines after the first begin
/// with the indent. What goes beyond the last line allowed is cut, and `…` tells so.
std::vector<std::string> wrapped(
    std::string text,
    std::size_t columns,
    std::string_view indent,
    std::size_t most_lines = std::numeric_limits<std::size_t>::max()
);

}  // namespace sfmkit::findings
