#include "wire/http_grammar.hpp"

#include "wire/http_message.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::wire {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";
constexpr std::string_view letters_and_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

bool consists_of(std::string_view text, std::string_view letters, std::string_view more = {}) {
    return std::ranges::all_of(text, [letters, more](char letter) {
        return letters.contains(letter) || more.contains(letter);
    });
}

bool is_control(char letter) noexcept {
    const auto value = static_cast<unsigned char>(letter);
    return (value < ' ' && letter != '\t') || value == 0x7f;
}

/// Length of the well-formed UTF-8 sequence at the front (Unicode table 3-7), 0 for none.
std::size_t utf8_sequence(std::string_view text) noexcept {
    struct Row {
        unsigned first_low, first_high, second_low, second_high;
        std::size_t length;
    };
    constexpr std::array rows = {
        Row{0x00, 0x7f, 0, 0, 1},
        Row{0xc2, 0xdf, 0x80, 0xbf, 2},
        Row{0xe0, 0xe0, 0xa0, 0xbf, 3},
        Row{0xe1, 0xec, 0x80, 0xbf, 3},
        Row{0xed, 0xed, 0x80, 0x9f, 3},
        Row{0xee, 0xef, 0x80, 0xbf, 3},
        Row{0xf0, 0xf0, 0x90, 0xbf, 4},
        Row{0xf1, 0xf3, 0x80, 0xbf, 4},
        Row{0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    const auto at = [text](std::size_t i) -> unsigned {
        return static_cast<unsigned char>(text[i]);
    };
    for (const Row& row : rows) {
        if (at(0) < row.first_low || at(0) > row.first_high || text.size() < row.length) continue;
        if (row.length == 1) return 1;
        if (at(1) < row.second_low || at(1) > row.second_high) continue;
        const std::string_view rest = text.substr(2, row.length - 2);
        if (std::ranges::all_of(rest, [](char c) { return (c & 0xc0) == 0x80; })) return row.length;
    }
    return 0;
}

}  // namespace

bool is_token(std::string_view text) {
    return !text.empty() && consists_of(text, letters_and_digits, "!#$%&'*+-.^_`|~");
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, is_control);
}

std::string_view without_blanks_around(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = utf8_sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool is_host(std::string_view text) {
    const bool literal = text.starts_with('[');
    const std::size_t end = literal ? text.find(']') : std::min(text.find(':'), text.size());
    if (end == std::string_view::npos || end == 0) return false;
    const std::string_view name = literal ? text.substr(1, end - 1) : text.substr(0, end);
    const std::string_view rest = text.substr(literal ? end + 1 : end);
    if (name.empty()) return false;
    if (literal && !consists_of(name, hex_digits, ":.")) return false;
    if (!literal && !consists_of(name, letters_and_digits, "-._~%!$&'()*+;=")) return false;
    if (rest.empty()) return true;
    return rest.size() > 1 && rest.starts_with(':') && consists_of(rest.substr(1), digits);
}

AbsoluteTarget absolute_target(std::string_view target) noexcept {
    const std::size_t end = target.find("://");
    if (end == std::string_view::npos || target.starts_with('/')) return {};
    const std::string_view rest = target.substr(end + 3);
    return {target.substr(0, end), rest.substr(0, rest.find_first_of("/?"))};
}

bool is_http_scheme(std::string_view scheme) noexcept {
    return equal_ignoring_case(scheme, "http") || equal_ignoring_case(scheme, "https");
}

std::string_view without_default_port(std::string_view authority, std::string_view scheme) {
    const std::string_view port = equal_ignoring_case(scheme, "https") ? ":443" : ":80";
    if (authority.ends_with(port)) authority.remove_suffix(port.size());
    return authority;
}

}  // namespace sfmkit::wire
