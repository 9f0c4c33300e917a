#include "findings/severity_file.hpp"

#include "platform/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace sfmkit::findings {
namespace {

using platform::Result;

constexpr std::array severities = {
    Severity::error, Severity::warning, Severity::info, Severity::off
};
constexpr std::string_view blanks = " \t\r";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What is wrong with one line.
struct Complaint {
    std::string what;
    std::string expected;
    std::string actual;
};

std::vector<std::string_view> words_of(std::string_view line) {
    line = line.substr(0, line.find('#'));
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(blanks);
        if (begin == std::string_view::npos) return words;
        line.remove_prefix(begin);
        const std::size_t end = std::min(line.find_first_of(blanks), line.size());
        words.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

std::optional<Severity> severity_named(std::string_view name) {
    const auto* const known =
        std::ranges::find(severities, name, [](Severity severity) { return name_of(severity); });
    return known != severities.end() ? std::optional(*known) : std::nullopt;
}

std::unexpected<platform::Error> refuse(
    const std::string& file, std::size_t line, Complaint complaint
) {
    return platform::fail({
        .code = platform::Errc::usage,
        .what = std::move(complaint.what),
        .where = fmt::format("{} line {}", file, line),
        .expected = std::move(complaint.expected),
        .actual = platform::printable(complaint.actual),
        .next = "mend this line, or remove it",
    });
}

}  // namespace

Result<std::vector<Override>> parse_severity_file(
    std::string_view text,
    const std::string& file,
    std::span<const Rule* const> catalogue,
    Profile profile
) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::vector<Override> overrides;
    std::map<std::string, std::size_t, std::less<>> line_of_rule;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const auto words = words_of(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (words.empty()) continue;
        const auto refuse_line = [&](std::string what, std::string expected, std::string actual) {
            return refuse(file, number, {std::move(what), std::move(expected), std::move(actual)});
        };
        if (words.size() != 2) {
            return refuse_line(
                "no rule and severity",
                "two words, e.g. ZIP-06 error",
                fmt::format("{} word{}", words.size(), words.size() == 1 ? "" : "s")
            );
        }
        const auto rule = std::ranges::find(catalogue, words[0], &Rule::id);
        if (rule == catalogue.end()) {
            return refuse_line(
                "no such rule", "the id of a rule, e.g. ENV-11", std::string(words[0])
            );
        }
        const auto severity = severity_named(words[1]);
        if (!severity) {
            return refuse_line(
                "no such severity", "error, warning, info or off", std::string(words[1])
            );
        }
        const auto [first, is_new] = line_of_rule.emplace(words[0], number);
        if (!is_new) {
            return refuse_line(
                "the rule has a severity already",
                "each rule once",
                fmt::format("{} in line {}, too", words[0], first->second)
            );
        }
        overrides.push_back(
            {.rule = std::string(words[0]),
             .by_profile = (*rule)->severity_in(profile),
             .severity = *severity}
        );
    }
    return overrides;
}

}  // namespace sfmkit::findings
