#include "wire/http_message.hpp"

#include "wire/http_grammar.hpp"

#include <algorithm>

namespace sfmkit::wire {
namespace {

char lower(char letter) noexcept {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool list_has(std::string_view list, std::string_view token) noexcept {
    while (true) {
        const std::size_t comma = list.find(',');
        if (equal_ignoring_case(without_blanks_around(list.substr(0, comma)), token)) return true;
        if (comma == std::string_view::npos) return false;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, lower, lower);
}

void HeaderFields::add(std::string_view name, std::string_view value) {
    fields_.emplace_back(std::string(name), std::string(value));
}

std::optional<std::string_view> HeaderFields::first(std::string_view name) const noexcept {
    for (const HeaderField& field : fields_) {
        if (equal_ignoring_case(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::size_t HeaderFields::count(std::string_view name) const noexcept {
    const auto same = [name](const HeaderField& field) {
        return equal_ignoring_case(field.name, name);
    };
    return static_cast<std::size_t>(std::ranges::count_if(fields_, same));
}

bool HeaderFields::has_token(std::string_view name, std::string_view token) const noexcept {
    return std::ranges::any_of(fields_, [name, token](const HeaderField& field) {
        return equal_ignoring_case(field.name, name) && list_has(field.value, token);
    });
}

}  // namespace sfmkit::wire
