#include "tests/house/code_text.hpp"

#include <algorithm>
#include <cctype>

namespace sfmkit::house {
namespace {

bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// Where the comment or literal ends that begins at `at`: the place behind it, or `at` itself when
/// none begins there.
std::size_t end_of_opaque(std::string_view text, std::size_t at) {
    const auto behind = [text](std::size_t found, std::size_t length) {
        return found == std::string_view::npos ? text.size() : found + length;
    };
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
    if (rest.starts_with("/*")) return behind(text.find("*/", at + 2), 2);
    const bool after_word = at > 0 && is_word(text[at - 1]);
    if (rest.starts_with("R\"") && !after_word) {
        const std::string_view name = rest.substr(2, rest.find('(') - 2);
        std::string end(1, ')');
        end += name;
        end += '"';
        return behind(text.find(end, at), end.size());
    }
    // A quote behind a digit or letter separates digits, as in 1'000.
    if (rest.starts_with('"') || (rest.starts_with('\'') && !after_word)) {
        std::size_t end = at + 1;
        while (end < text.size() && text[end] != rest[0]) end += text[end] == '\\' ? 2u : 1u;
        return std::min(end + 1, text.size());
    }
    return at;
}

}  // namespace

std::string code_of(std::string_view text) {
    std::string code(text);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = end_of_opaque(text, at);
        if (end == at) {
            ++at;
            continue;
        }
        const bool literal = text[at] != '/';
        for (std::size_t i = at; i < end; ++i) {
            const bool border = literal && (i == at || i + 1 == end);
            if (text[i] != '\n' && !border) code[i] = ' ';
        }
        at = end;
    }
    return code;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace sfmkit::house
