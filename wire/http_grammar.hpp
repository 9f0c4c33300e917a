#pragma once

#include <string_view>

/// Small questions of HTTP grammar about one piece of text. Inside of the codec.
namespace sfmkit::wire {

/// RFC 9110 section 5.6.2.
bool is_token(std::string_view text);
/// Control letters but for tab; NUL, CR, LF and DEL are among them.
bool has_control(std::string_view text);
/// Without the blanks and tabs that may stand around a value (RFC 9110 section 5.6.3).
std::string_view without_blanks_around(std::string_view text) noexcept;
bool is_utf8(std::string_view text) noexcept;
/// Host and port of RFC 9110 section 7.2, as narrow as Kestrel takes it: no comma, no empty port.
bool is_host(std::string_view text);

/// Scheme and authority of a target in absolute form; empty for other forms.
struct AbsoluteTarget {
    std::string_view scheme;
    std::string_view authority;
};

AbsoluteTarget absolute_target(std::string_view target) noexcept;
bool is_http_scheme(std::string_view scheme) noexcept;
std::string_view without_default_port(std::string_view authority, std::string_view scheme);

}  // namespace sfmkit::wire
