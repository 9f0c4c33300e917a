#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sfmkit::platform {

/// Text from a file under test, made safe for terminals and reports: control characters and bytes
/// that are no UTF-8 become `\xNN`, and what is longer than the limit ends in `…`.
std::string printable(std::string_view text, std::size_t limit_bytes = 400);

/// Columns that the text takes on a terminal: characters from U+1100 on count as two, which is
/// never too few. For text that printable() made safe.
std::size_t columns_of(std::string_view text) noexcept;
/// The longest beginning of it that fits; what is cut ends in `…`.
std::string cut_to_columns(std::string_view text, std::size_t columns);
/// The same with its end kept: names differ there.
std::string keep_end_in_columns(std::string_view text, std::size_t columns);

/// Well-formed UTF-8 (RFC 3629), whatever characters it holds.
bool is_utf8(std::string_view text) noexcept;

}  // namespace sfmkit::platform
