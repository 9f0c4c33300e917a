#include "findings/wrapping.hpp"

#include <algorithm>
#include <utility>

namespace sfmkit::findings {
namespace {

bool begins_letter(char byte) noexcept {
    return (byte & 0xc0) != 0x80;
}

}  // namespace

std::size_t columns_of(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_letter));
}

std::string_view first_columns(std::string_view text, std::size_t columns) noexcept {
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < text.size(); ++bytes) {
        if (begins_letter(text[bytes]) && seen++ == columns) break;
    }
    return text.substr(0, bytes);
}

std::vector<std::string> wrapped(
    std::string text, std::size_t columns, std::string_view indent, std::size_t most_lines
) {
    std::vector<std::string> lines;
    while (columns_of(text) > columns) {
        // A blank behind the last column ends a line that is just full.
        const std::string_view fitting = first_columns(text, columns + 1);
        if (lines.size() + 1 == most_lines) {
            text = std::string(first_columns(text, columns - 1)) + "…";
            break;
        }
        const std::size_t blank = fitting.rfind(' ');
        const bool at_blank = blank != std::string_view::npos && blank > indent.size();
        const std::size_t end = at_blank ? blank : first_columns(text, columns).size();
        lines.emplace_back(text.substr(0, end));
        text = std::string(indent) + text.substr(at_blank ? end + 1 : end);
    }
    lines.push_back(std::move(text));
    return lines;
}

}  // namespace sfmkit::findings
