#include "verifier/element_values.hpp"

#include <charconv>

namespace sfmkit::verifier {
namespace {

bool says_true(std::string_view text) noexcept {
    return text == "true" || text == "1";
}

}  // namespace

bool is_true(Element element) noexcept {
    return says_true(element.text());
}

bool is_nil(Element element) noexcept {
    return says_true(element.attribute("nil"));
}

std::optional<std::int64_t> integer_in(Element element) noexcept {
    std::string_view text = element.text();
    const bool has_plus = text.starts_with('+');
    if (has_plus) text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (has_plus && text.starts_with('-')) return std::nullopt;
    return number;
}

}  // namespace sfmkit::verifier
