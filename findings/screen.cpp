#include "findings/screen.hpp"

#include "findings/report_text.hpp"
#include "findings/wrapping.hpp"
#include "platform/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace sfmkit::findings {
namespace {

using Lines = std::vector<std::string>;

/// Of all lines of a group that tell about one rule.
constexpr std::string_view group_indent = "    ";
/// A cause, an XPath or a list of ids takes that many lines at most.
constexpr std::size_t most_lines_per_text = 3;

/// Breaks the text at blanks into lines of the screen; further lines are indented.
void add_wrapped(Lines& lines, std::string text, std::string_view indent) {
    for (std::string& line :
         wrapped(std::move(text), screen_columns, indent, most_lines_per_text)) {
        lines.push_back(std::move(line));
    }
}

/// What stands in one line whatever it is; the end is told by `…`.
void add_cut(Lines& lines, const std::string& text) {
    const bool fits = columns_of(text) <= screen_columns;
    lines.push_back(fits ? text : std::string(first_columns(text, screen_columns - 1)) + "…");
}

void add_labelled(Lines& lines, std::string_view label, const std::string& text) {
    if (text.empty()) return;
    const std::string indent(group_indent.size() + label.size() + 1, ' ');
    add_wrapped(lines, fmt::format("{}{} {}", group_indent, label, text), indent);
}

/// A rule line that ends in its id, also when the title has to be cut.
std::string heading(const RuleCount& broken, Severity severity) {
    return fmt::format(
        "{}, broken {}: {} [{}]",
        name_of(severity),
        times(broken.of(severity)),
        broken.rule->title,
        broken.rule->id
    );
}

const Finding* first_of(const Report& report, const RuleCount& broken, Severity severity) {
    for (const Finding& finding : report.findings) {
        if (finding.rule == broken.rule->id && finding.severity == severity) return &finding;
    }
    return nullptr;
}

}  // namespace

std::string quoted(const std::string& raw) {
    const std::string path = platform::printable(raw, 4000);
    return path.find_first_of(" '()&;$") == std::string::npos ? path : '"' + path + '"';
}

namespace {

/// What shows more about one finding, or judges this file again in a moment.
std::string command_for(const Rule& rule, const Finding& finding, const ScreenOptions& options) {
    const bool whole = rule.stage == Stage::folder || finding.file.empty();
    const bool alone = options.target.ends_with(finding.file);
    const std::string file =
        quoted(whole || alone ? options.target : options.target + '/' + finding.file);
    const std::string key = options.key_option.empty() ? "--key KEY" : options.key_option;
    if (rule.stage == Stage::archive || rule.stage == Stage::document) {
        return fmt::format("sfmkit open {} {} --output plain.zip", file, key);
    }
    return fmt::format("sfmkit verify {} {}", file, key);
}

Lines whole_group(
    const Report& report, const RuleCount& broken, Severity severity, const ScreenOptions& options
) {
    Lines lines = {""};
    add_wrapped(lines, heading(broken, severity), "  ");
    const Finding* const finding = first_of(report, broken, severity);
    if (finding == nullptr) return lines;
    add_labelled(lines, "at", where(*finding));
    add_labelled(lines, "  ", finding->message);
    add_labelled(lines, "   expected", finding->expected);
    add_labelled(lines, "   actual  ", finding->actual);
    add_labelled(lines, "likely cause:", likely_cause(*finding, *broken.rule));
    add_labelled(lines, "fix:", std::string(broken.rule->remedy));
    // A command is copied as a whole, however long its paths are.
    lines.push_back(
        std::string(group_indent) + "next: " + command_for(*broken.rule, *finding, options)
    );
    return lines;
}

Lines short_group(const Report& report, const RuleCount& broken, Severity severity) {
    Lines lines;
    add_wrapped(lines, heading(broken, severity), "  ");
    if (const Finding* const finding = first_of(report, broken, severity)) {
        add_cut(lines, fmt::format("{}at {}", group_indent, where(*finding)));
    }
    return lines;
}

std::size_t length_of(const std::vector<Lines>& groups) {
    std::size_t lines = 0;
    for (const Lines& group : groups) lines += group.size();
    return lines;
}

/// Whoever mends these two has most often mended the others.
constexpr std::size_t always_whole = 2;

/// Findings by rule: as many as fit, the first ones whole, and how many are left out.
Lines groups_of(
    const Report& report, Severity severity, const ScreenOptions& options, std::size_t room
) {
    std::vector<const RuleCount*> rules;
    for (const RuleCount& broken : report.broken_rules) {
        if (broken.of(severity) > 0) rules.push_back(&broken);
    }
    std::vector<Lines> groups;
    for (const RuleCount* broken : rules) {
        const bool whole = groups.size() < always_whole;
        groups.push_back(
            whole ? whole_group(report, *broken, severity, options)
                  : short_group(report, *broken, severity)
        );
    }
    // One line is kept for the number of those that are left out.
    while (!groups.empty() && length_of(groups) + 1 > room) groups.pop_back();
    const std::size_t left_out = rules.size() - groups.size();
    for (std::size_t i = always_whole; i < groups.size(); ++i) {
        Lines whole = whole_group(report, *rules[i], severity, options);
        if (length_of(groups) - groups[i].size() + whole.size() + 1 > room) break;
        groups[i] = std::move(whole);
    }
    Lines lines;
    for (const Lines& group : groups) lines.insert(lines.end(), group.begin(), group.end());
    if (left_out > 0) {
        lines.push_back(fmt::format(
            "and {}s of {} [{}]",
            name_of(severity),
            counted(left_out, "further rule"),
            rules[groups.size()]->rule->id
        ));
    }
    return lines;
}

/// What is told rule by rule with places: errors, or where there are none the warnings.
Severity loudest(const Report& report) {
    const bool errors = std::ranges::any_of(report.broken_rules, [](const RuleCount& broken) {
        return broken.errors > 0;
    });
    return errors ? Severity::error : Severity::warning;
}

/// Warnings or infos: their rules, in a line each where there are few.
Lines mild_groups(const Report& report, Severity severity) {
    constexpr std::size_t most_lines = 4;
    std::vector<const RuleCount*> rules;
    for (const RuleCount& broken : report.broken_rules) {
        if (broken.of(severity) > 0) rules.push_back(&broken);
    }
    Lines lines;
    if (rules.empty()) return lines;
    if (severity == Severity::warning && rules.size() <= most_lines) {
        for (const RuleCount* broken : rules) add_wrapped(lines, heading(*broken, severity), "  ");
        return lines;
    }
    std::uint64_t count = 0;
    std::string ids;
    for (const RuleCount* broken : rules) {
        count += broken->of(severity);
        ids += fmt::format(" [{}]", broken->rule->id);
    }
    add_wrapped(lines, fmt::format("{}:{}", counted(count, name_of(severity)), ids), "  ");
    return lines;
}

/// One line a reason: what is behind it in the first place, and nothing that another rule told.
Lines gap_lines(std::string_view title, const std::vector<Gap>& gaps) {
    constexpr std::size_t most_reasons = 3;
    std::vector<std::pair<std::string, std::string>> by_reason;
    for (const Gap& gap : gaps) {
        if (!gap.superseded_by.empty()) continue;
        const auto known =
            std::ranges::find(by_reason, gap.reason, &std::pair<std::string, std::string>::first);
        const std::string files =
            gap.files > 1 ? fmt::format(" ({} files)", gap.files) : std::string();
        if (known == by_reason.end()) {
            by_reason.emplace_back(gap.reason, gap.what + files);
        } else {
            known->second += ", " + gap.what + files;
        }
    }
    Lines lines;
    for (std::size_t i = 0; i < std::min(by_reason.size(), most_reasons); ++i) {
        const auto& [reason, what] = by_reason[i];
        add_wrapped(lines, fmt::format("{}: {}: {}", title, reason, what), "  ");
    }
    if (by_reason.size() > most_reasons) {
        lines.push_back(
            fmt::format("{}: {}", title, counted(by_reason.size() - most_reasons, "further reason"))
        );
    }
    return lines;
}

/// The rules that a person reads about first: those of errors, or else of warnings.
std::string explain_command(const Report& report) {
    constexpr std::size_t most_rules = 3;
    std::string command;
    for (const Severity severity : {Severity::error, Severity::warning}) {
        std::size_t named = 0;
        for (const RuleCount& broken : report.broken_rules) {
            if (broken.of(severity) == 0 || named == most_rules) continue;
            command += (named == 0 ? "sfmkit explain " : " ") + std::string(broken.rule->id);
            ++named;
        }
        if (named > 0) break;
    }
    return command;
}

/// What stands below what is told with places.
Lines footer(const Report& report, const ScreenOptions& options) {
    Lines lines = {""};
    const auto append = [&lines](const Lines& more) {
        lines.insert(lines.end(), more.begin(), more.end());
    };
    if (loudest(report) == Severity::error) append(mild_groups(report, Severity::warning));
    append(mild_groups(report, Severity::info));
    append(gap_lines("not reached", report.not_reached));
    append(gap_lines("not checked", report.not_checked));
    std::string arguments = quoted(options.target);
    for (const std::string& option : {options.key_option, options.other_options}) {
        if (!option.empty()) arguments += ' ' + option;
    }
    if (!report.findings.empty() && !options.reports_written) {
        lines.push_back(
            fmt::format("all of it: sfmkit verify {} --report text=report.txt", arguments)
        );
    }
    const std::string explain = explain_command(report);
    if (!explain.empty()) lines.push_back("why, and examples: " + explain);
    lines.push_back("next: " + next_step(report, arguments));
    return lines;
}

}  // namespace

std::string screen_text(const Report& report, const ScreenOptions& options) {
    Lines lines;
    // Whole, for whoever reads nothing but the first line.
    lines.push_back(verdict_line(report));
    add_wrapped(lines, numbers_line(report), "  ");
    const Lines last = footer(report, options);
    const std::size_t taken = lines.size() + last.size();
    const std::size_t room = screen_lines > taken ? screen_lines - taken : 0;
    const Lines groups = groups_of(report, loudest(report), options, room);
    lines.insert(lines.end(), groups.begin(), groups.end());
    lines.insert(lines.end(), last.begin(), last.end());
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

}  // namespace sfmkit::findings
