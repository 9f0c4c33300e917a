#include "findings/markup.hpp"

#include "findings/report_text.hpp"
#include "findings/rule_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace sfmkit::findings {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The length of the character that the text begins with; 0 when that is no UTF-8 (RFC 3629).
std::size_t character_bytes(std::string_view text, std::uint32_t& code) {
    const auto byte = [&](std::size_t at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
    };
    code = byte(0);
    if (code < 0x80U) return 1;
    const std::size_t length = code >= 0xF0U ? 4 : code >= 0xE0U ? 3 : 2;
    if (code < 0xC2U || code > 0xF4U || text.size() < length) return 0;
    code &= 0xFFU >> (length + 1);
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) return 0;
        code = (code << 6U) | (byte(at) & 0x3FU);
    }
    const bool overlong = (length == 3 && code < 0x800U) || (length == 4 && code < 0x10000U);
    const bool surrogate = code >= 0xD800U && code <= 0xDFFFU;
    return overlong || surrogate || code > 0x10FFFFU ? 0 : length;
}

/// Control characters (XML 1.0 section 2.2 forbids most), noncharacters, and the marks that change
/// the direction of what follows (Unicode UAX 9), which could make a name read as another one.
bool is_unsafe(std::uint32_t code) {
    if (code < 0x20U) return code != '\t' && code != '\n';
    if (code >= 0x7FU && code <= 0x9FU) return true;
    if (code == 0x061CU || code == 0x200EU || code == 0x200FU) return true;
    if ((code >= 0x202AU && code <= 0x202EU) || (code >= 0x2066U && code <= 0x2069U)) return true;
    return code == 0x2028U || code == 0x2029U || (code & 0xFFFEU) == 0xFFFEU ||
           (code >= 0xFDD0U && code <= 0xFDEFU);
}

template <class Escape>
std::string escaped(std::string_view text, Escape escape) {
    std::string result;
    result.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        std::uint32_t code = 0;
        const std::size_t length = character_bytes(text, code);
        const std::size_t taken = std::max<std::size_t>(length, 1);
        if (length == 0 || is_unsafe(code)) {
            result += replacement;
        } else if (const std::string_view other = escape(text.front()); !other.empty()) {
            result += other;
        } else {
            result += text.substr(0, taken);
        }
        text.remove_prefix(taken);
    }
    return result;
}

std::optional<unsigned> number_of(std::string_view id) {
    const std::size_t dash = id.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(id.data() + dash + 1, id.data() + id.size(), number);
    if (error != std::errc() || end != id.data() + id.size()) return std::nullopt;
    return number;
}

/// `IDX-01 to IDX-12` or one id.
bool part_names(std::string_view part, const Rule& rule) {
    const std::size_t to = part.find(" to ");
    if (to == std::string_view::npos) return part == rule.id || part == name_of(rule.stage);
    const std::string_view first = part.substr(0, to);
    const std::string_view last = part.substr(to + 4);
    const auto from = number_of(first);
    const auto until = number_of(last);
    const auto own = number_of(rule.id);
    return from && until && own && family_of(first) == family_of(rule.id) && *own >= *from &&
           *own <= *until;
}

}  // namespace

std::string escaped_xml(std::string_view text) {
    return escaped(text, [](char c) -> std::string_view {
        switch (c) {
            case '&':
                return "&amp;";
            case '<':
                return "&lt;";
            case '>':
                return "&gt;";
            case '"':
                return "&quot;";
            case '\'':
                return "&#39;";
            default:
                return {};
        }
    });
}

std::string escaped_markdown(std::string_view text) {
    // Entities are no markup in any reader, unlike backslashes, which tables treat on their own.
    std::string result;
    constexpr std::string_view special = "\\`*_{}[]#+!|~:@$";
    const std::string plain = escaped_xml(text);
    bool in_entity = false;
    for (const char c : plain) {
        if (c == '&') in_entity = true;
        if (c == '\n' || c == '\t') {
            result += ' ';
        } else if (!in_entity && special.find(c) != std::string_view::npos) {
            result += fmt::format("&#{};", static_cast<int>(c));
        } else {
            result += c;
        }
        if (c == ';') in_entity = false;
    }
    // Readers make links of bare addresses.
    for (const std::string_view begin : {"www.", "WWW."}) {
        for (std::size_t at = result.find(begin); at != std::string::npos;
             at = result.find(begin, at + 1)) {
            result.replace(at + 3, 1, "&#46;");
        }
    }
    return result;
}

std::string override_line(const Override& overridden) {
    return fmt::format(
        "{}: {} instead of {}",
        overridden.rule,
        name_of(overridden.severity),
        name_of(overridden.by_profile)
    );
}

std::string gap_line(const Gap& gap) {
    std::string text = gap.what + ": " + gap.reason;
    if (gap.files > 1) {
        text += fmt::format(" ({} files, first {})", gap.files, gap.file);
    } else if (!gap.file.empty()) {
        text += " (" + gap.file + ')';
    }
    return gap.superseded_by.empty() ? text : text + ", told by " + gap.superseded_by;
}

bool names_rule(const Gap& gap, const Rule& rule) {
    std::string_view rest = gap.what;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(", ");
        if (part_names(rest.substr(0, comma), rule)) return true;
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 2);
    }
    return false;
}

bool rule_is_off(const Report& report, const Rule& rule) {
    const auto overridden = std::ranges::find(report.overrides, rule.id, &Override::rule);
    const Severity severity = overridden != report.overrides.end()
                                  ? overridden->severity
                                  : rule.severity_in(report.profile);
    return severity == Severity::off;
}

std::vector<const Rule*> rules_told(const Report& report) {
    std::vector<const Rule*> rules = report.rules;
    for (const RuleCount& broken : report.broken_rules) {
        if (std::ranges::find(rules, broken.rule->id, &Rule::id) == rules.end()) {
            rules.push_back(broken.rule);
        }
    }
    return rules;
}

}  // namespace sfmkit::findings
