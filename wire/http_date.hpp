#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::wire {

/// IMF-fixdate of RFC 9110 section 5.6.7, e.g. `Wed, 13 Oct 2021 18:12:00 GMT`.
std::string print_http_date(std::chrono::sys_seconds time);
/// Only that form; nothing for a wrong week day or a date that does not exist.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace sfmkit::wire
