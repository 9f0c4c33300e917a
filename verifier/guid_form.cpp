#include "verifier/guid_form.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t digits_in_guid = 32;
constexpr std::string_view nil = "00000000-0000-0000-0000-000000000000";

constexpr auto hex_digits = [] {
    std::array<bool, 256> is_digit{};
    for (const char c : std::string_view("0123456789abcdefABCDEF")) {
        is_digit[static_cast<unsigned char>(c)] = true;
    }
    return is_digit;
}();

bool is_hex(char c) noexcept {
    return hex_digits[static_cast<unsigned char>(c)];
}

bool has_dashes_of_format_d(std::string_view text) noexcept {
    if (text.size() != nil.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (nil[i] == '-' ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

}  // namespace

GuidForm guid_form(std::string_view text) noexcept {
    if (has_dashes_of_format_d(text)) {
        if (text == nil) return GuidForm::nil;
        constexpr std::size_t version_at = 14;
        constexpr std::size_t variant_at = 19;
        constexpr std::string_view variants = "89abAB";  // RFC 9562, section 4.1
        const bool right = text[version_at] == '4' && variants.contains(text[variant_at]);
        return right ? GuidForm::random : GuidForm::version;
    }
    constexpr std::string_view urn = "urn:uuid:";
    if (text.starts_with(urn)) text.remove_prefix(urn.size());
    const bool braces = text.starts_with('{') && text.ends_with('}');
    const bool parentheses = text.starts_with('(') && text.ends_with(')');
    if (text.size() > 2 && (braces || parentheses)) text = text.substr(1, text.size() - 2);
    const bool digits_only = text.size() == digits_in_guid && std::ranges::all_of(text, is_hex);
    return digits_only || has_dashes_of_format_d(text) ? GuidForm::other : GuidForm::none;
}

}  // namespace sfmkit::verifier
