#include "findings/rule_id.hpp"

#include <algorithm>
#include <utility>

namespace sfmkit::findings {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_capital(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

char in_capitals(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Letters to replace, add, take away or exchange with their neighbour until one text is the other.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::vector<std::size_t>> steps(
        from.size() + 1, std::vector<std::size_t>(to.size() + 1)
    );
    for (std::size_t i = 0; i <= from.size(); ++i) {
        for (std::size_t j = 0; j <= to.size(); ++j) {
            if (i == 0 || j == 0) {
                steps[i][j] = i + j;
                continue;
            }
            const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
            steps[i][j] =
                std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, steps[i - 1][j - 1] + change});
            const bool exchanged =
                i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (exchanged) steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
    }
    return steps[from.size()][to.size()];
}

}  // namespace

std::string_view family_of(std::string_view id) noexcept {
    return id.substr(0, id.find('-'));
}

std::string as_rule_id(std::string_view typed) {
    constexpr std::string_view around = " \t\r\n[](){}<>:;,.\"'`";
    const std::size_t begin = typed.find_first_not_of(around);
    if (begin == std::string_view::npos) return {};
    std::string text(typed.substr(begin, typed.find_last_not_of(around) + 1 - begin));
    std::ranges::transform(text, text.begin(), in_capitals);
    const auto family_end = std::ranges::find_if_not(text, is_capital);
    const auto number =
        std::find_if_not(family_end, text.end(), [](char c) { return c == '-' || c == '_'; });
    const bool is_id = family_end != text.begin() && number != text.end() &&
                       std::all_of(number, text.end(), is_digit);
    if (!is_id) return text;
    std::string digits(
        std::find_if(number, text.end(), [](char c) { return c != '0'; }), text.end()
    );
    if (digits.size() < 2) digits.insert(0, 2 - digits.size(), '0');
    return std::string(text.begin(), family_end) + "-" + digits;
}

std::vector<std::string_view> near_rule_ids(
    std::string_view typed, std::span<const Rule* const> rules
) {
    constexpr std::size_t furthest = 2;
    constexpr std::size_t longest = 16;
    constexpr std::size_t most = 3;
    const std::string id = as_rule_id(typed);
    if (id.size() > longest) return {};
    std::vector<std::pair<std::size_t, std::string_view>> near;
    for (const Rule* rule : rules) {
        const std::size_t steps = distance(id, rule->id);
        if (steps <= furthest) near.emplace_back(steps, rule->id);
    }
    std::ranges::sort(near);
    std::vector<std::string_view> ids;
    for (const auto& [steps, rule] : near) {
        // The nearest only: whoever mistypes one letter does not mean what is two away.
        if (steps == near.front().first && ids.size() < most) ids.push_back(rule);
    }
    return ids;
}

}  // namespace sfmkit::findings
