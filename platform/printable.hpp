#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sfmkit::platform {

/// Text from a file under test, made safe for terminals and reports: control characters and bytes
/// that are no UTF-8 become `\xNN`, and what is longer than the limit ends in `…`.
std::string printable(std::string_view text, std::size_t limit_bytes = 400);

/// Well-formed UTF-8 (RFC 3629), whatever characters it holds.
bool is_utf8(std::string_view text) noexcept;

}  // namespace sfmkit::platform
