#include "verifier/html_references.hpp"

#include "verifier/export_path.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace sfmkit::verifier {
namespace {

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_blank(char c) noexcept {
    return c >= '\0' && c <= ' ';
}

template <std::size_t count>
bool is_among(std::string_view name, const std::array<std::string_view, count>& names) {
    return std::ranges::find(names, name) != names.end();
}

/// In lower case, without colon; nothing for an address that has none.
std::optional<std::string> scheme_of(std::string_view address) {
    std::string scheme;
    for (const char c : address) {
        if (c == '\t' || c == '\n' || c == '\r') continue;
        if (c == ':') return scheme.empty() ? std::nullopt : std::optional(scheme);
        const bool inside = is_digit(c) || c == '+' || c == '-' || c == '.';
        if (!is_letter(c) && (scheme.empty() || !inside)) return std::nullopt;
        scheme += in_lower_case(c);
    }
    return std::nullopt;
}

/// The character that `&` begins; how many letters it took stands in `size`.
std::optional<char> character_at(std::string_view text, std::size_t& size) {
    struct Named {
        std::string_view name;
        char character;
    };
    constexpr std::array<Named, 14> known = {{
        {"amp", '&'},
        {"lt", '<'},
        {"gt", '>'},
        {"quot", '"'},
        {"apos", '\''},
        {"colon", ':'},
        {"sol", '/'},
        {"bsol", '\\'},
        {"period", '.'},
        {"num", '#'},
        {"lpar", '('},
        {"rpar", ')'},
        {"Tab", '\t'},
        {"NewLine", '\n'},
    }};
    const bool is_number = text.starts_with("&#");
    const bool is_hex = is_number && text.size() > 2 && in_lower_case(text[2]) == 'x';
    const std::size_t begin = is_hex ? 3 : is_number ? 2 : 1;
    std::size_t end = begin;
    constexpr std::size_t longest = 12;
    const auto belongs = [&](char c) { return is_letter(c) || is_digit(c); };
    while (end < text.size() && end < begin + longest && belongs(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    size = end < text.size() && text[end] == ';' ? end + 1 : end;
    if (!is_number) {
        const auto* const named = std::ranges::find(known, word, &Named::name);
        return named == known.end() ? std::nullopt : std::optional(named->character);
    }
    unsigned code = 0;
    const auto read =
        std::from_chars(word.data(), word.data() + word.size(), code, is_hex ? 16 : 10);
    if (read.ec != std::errc()) return std::nullopt;
    size = static_cast<std::size_t>(read.ptr - text.data());
    if (size < text.size() && text[size] == ';') ++size;
    return code < 0x80 ? static_cast<char>(code) : '?';
}

/// What stands in the brackets of `url(`, or in the quotes behind `@import`.
std::string_view address_behind(std::string_view style) {
    const auto begin = std::ranges::find_if_not(style, is_blank);
    style.remove_prefix(static_cast<std::size_t>(begin - style.begin()));
    if (style.empty()) return {};
    if (style.front() == '"' || style.front() == '\'') {
        const std::size_t end = style.find(style.front(), 1);
        return style.substr(1, end == std::string_view::npos ? end : end - 1);
    }
    return style.substr(0, style.find(')'));
}

}  // namespace

Reference reference_to(std::string_view address) {
    const auto begin = std::ranges::find_if_not(address, is_blank);
    address.remove_prefix(static_cast<std::size_t>(begin - address.begin()));
    if (address.empty() || address.starts_with('#')) return Reference::inside;
    const auto scheme = scheme_of(address);
    constexpr std::array<std::string_view, 6> inside = {
        "mailto", "tel", "sms", "data", "cid", "about"
    };
    constexpr std::array<std::string_view, 3> scripts = {"javascript", "vbscript", "livescript"};
    if (scheme && is_among(*scheme, inside)) return Reference::inside;
    return scheme && is_among(*scheme, scripts) ? Reference::script : Reference::outside;
}

std::string without_character_references(std::string_view value) {
    std::string decoded;
    while (!value.empty()) {
        std::size_t size = 1;
        const auto character = value.front() == '&' ? character_at(value, size) : std::nullopt;
        if (!character) size = 1;
        decoded += character.value_or(value.front());
        value.remove_prefix(size);
    }
    return decoded;
}

StyleReferences references_in_style(std::string_view style) {
    StyleReferences found;
    const std::string lower = in_lower_case(style);
    const std::string_view all = lower;
    const auto add = [&found](Reference reference) {
        found.outside = found.outside || reference == Reference::outside;
        found.script = found.script || reference == Reference::script;
    };
    constexpr std::string_view url = "url(";
    constexpr std::string_view import = "@import";
    for (std::size_t at = 0; (at = all.find(url, at)) != all.npos;) {
        const std::string_view address = address_behind(all.substr(at + url.size()));
        add(reference_to(address));
        at += url.size() + address.size();
    }
    for (std::size_t at = 0; (at = all.find(import, at)) != all.npos;) {
        const std::string_view address = address_behind(all.substr(at + import.size()));
        if (!address.starts_with(url)) add(reference_to(address));
        at += import.size() + address.size();
    }
    found.script = found.script || all.contains("expression(");
    return found;
}

}  // namespace sfmkit::verifier
