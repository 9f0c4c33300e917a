#include "verifier/code_lists.hpp"

#include <algorithm>

namespace sfmkit::verifier {

std::optional<std::string_view> code_list_in(std::string_view oid) noexcept {
    if (!oid.starts_with(code_lists_root)) return std::nullopt;
    const std::string_view number = oid.substr(code_lists_root.size());
    const bool digits = std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    if (number.empty() || !digits) return std::nullopt;
    return number;
}

}  // namespace sfmkit::verifier
