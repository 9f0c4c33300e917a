#include "findings/report_formats.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::findings {
namespace {

/// Of one rule; the others are counted. All of them stand in the JSON report.
constexpr std::size_t most_shown_per_rule = 5;

std::string upper_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return result;
}

std::string describe(const Place& place) {
    std::string text;
    const auto add = [&](const std::string& part) {
        if (!text.empty()) text += ", ";
        text += part;
    };
    if (!place.entry.empty()) add(place.entry);
    if (place.byte_offset) add(fmt::format("byte {}", *place.byte_offset));
    if (place.line) {
        add(place.column ? fmt::format("line {} column {}", *place.line, *place.column)
                         : fmt::format("line {}", *place.line));
    }
    if (!place.xpath.empty()) add(place.xpath);
    return text;
}

void write_finding(std::string& text, const Finding& finding) {
    const std::string place = describe(finding.place);
    std::string where = finding.file;
    if (!where.empty() && !place.empty()) where += ": ";
    where += place;
    if (!where.empty()) text += fmt::format("    at {}\n", where);
    text += fmt::format("       {}\n", finding.message);
    if (!finding.expected.empty()) text += fmt::format("       expected {}\n", finding.expected);
    if (!finding.actual.empty()) text += fmt::format("       actual   {}\n", finding.actual);
}

void write_rule(std::string& text, const Report& report, const Rule& rule, Severity severity) {
    std::size_t count = 0;
    std::string shown;
    for (const Finding& finding : report.findings) {
        if (finding.rule != rule.id || finding.severity != severity) continue;
        if (++count <= most_shown_per_rule) write_finding(shown, finding);
    }
    if (count == 0) return;
    text += fmt::format("\n{} {} ({}): {}\n", name_of(severity), rule.id, count, rule.title);
    text += shown;
    if (count > most_shown_per_rule) {
        text +=
            fmt::format("    and {} more; the JSON report has them\n", count - most_shown_per_rule);
    }
    text += fmt::format(
        "    why: {} ({})\n    fix: {}\n",
        describe(rule.sources),
        name_of(rule.certainty()),
        rule.remedy
    );
}

void write_gaps(std::string& text, std::string_view title, const std::vector<Gap>& gaps) {
    if (gaps.empty()) return;
    text += fmt::format("\n{}:\n", title);
    for (const Gap& gap : gaps) {
        const std::string files = gap.files > 1      ? fmt::format(" ({} files)", gap.files)
                                  : gap.file.empty() ? std::string()
                                                     : fmt::format(" ({})", gap.file);
        text += fmt::format("    {}: {}{}\n", gap.what, gap.reason, files);
    }
}

/// The rule to look at first: the first error, or else the first finding.
std::string first_rule(const Report& report) {
    const auto error = std::ranges::find(report.findings, Severity::error, &Finding::severity);
    if (error != report.findings.end()) return error->rule;
    return report.findings.empty() ? std::string() : report.findings.front().rule;
}

std::string next_command(const Report& report) {
    switch (report.verdict.conclusion) {
        case Conclusion::conforms:
            return "sfmkit upload EXPORT --url URL";
        case Conclusion::does_not_conform:
            return fmt::format("fix {}, export again, then run this again", first_rule(report));
        case Conclusion::inconclusive:
            if (report.counts.key_in_doubt > 0 || report.key_missing) {
                return "sfmkit verify PATH --key RECIPIENT.key.pem";
            }
            return report.cut_short.empty() ? "sfmkit verify PATH --profile lenient"
                                            : "see to what was not reached, then run this again";
    }
    return {};
}

}  // namespace

std::string text_report(const Report& report) {
    std::string text = fmt::format(
        "{}: {} ({})\n{}, profile {}, ruleset {}\n",
        upper_case(name_of(report.verdict.conclusion)),
        report.target,
        report.verdict.reason,
        fmt::format("{} {}", report.tool, report.version),
        name_of(report.profile),
        report.ruleset
    );
    text += fmt::format(
        "{} files, {} decrypted, {} zip entries, {} documents; {} errors, {} warnings, {} infos\n",
        report.coverage.files,
        report.coverage.decrypted,
        report.coverage.entries,
        report.coverage.documents,
        report.counts.errors,
        report.counts.warnings,
        report.counts.infos
    );
    for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
        for (const RuleCount& broken : report.broken_rules) {
            write_rule(text, report, *broken.rule, severity);
        }
    }
    if (report.counts.not_listed > 0) {
        text += fmt::format("\n{} further findings are counted only\n", report.counts.not_listed);
    }
    write_gaps(text, "not reached", report.not_reached);
    write_gaps(text, "not checked", report.not_checked);
    text += fmt::format("\nnext: {}\n", next_command(report));
    return text;
}

}  // namespace sfmkit::findings
