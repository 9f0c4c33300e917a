#include "findings/markup.hpp"
#include "findings/report_formats.hpp"
#include "findings/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace sfmkit::findings {
namespace {

/// Comments and summaries of forges hold so much text and no more; numbers stay true.
constexpr std::uint64_t most_findings = 1000;
constexpr std::size_t most_inputs = 20;

void row(std::string& text, std::string_view what, const std::string& value) {
    text += fmt::format("| {} | {} |\n", what, escaped_markdown(value));
}

void write_head(std::string& text, const Report& report) {
    text += fmt::format("# {}\n\n| | |\n| --- | --- |\n", escaped_markdown(verdict_line(report)));
    row(text, "Tool", fmt::format("{} {}", report.tool, report.version));
    row(text, "Rule set", report.ruleset);
    row(text, "Profile", std::string(name_of(report.profile)));
    row(text, "Judged", report.target);
    row(text, "Begun", timestamp(report.started));
    row(text, "Looked at", numbers_line(report));
    row(text, "Inputs", inputs_line(report.inputs));
    row(text, "Findings not listed", std::to_string(report.counts.not_listed));
}

void write_overview(std::string& text, const Report& report) {
    if (report.broken_rules.empty()) {
        text += "\nNo rule is broken.\n";
        return;
    }
    text +=
        "\n## Broken rules\n\n| Rule | Errors | Warnings | Infos | What must hold |\n"
        "| --- | ---: | ---: | ---: | --- |\n";
    for (const RuleCount& broken : report.broken_rules) {
        text += fmt::format(
            "| {} | {} | {} | {} | {} |\n",
            escaped_markdown(broken.rule->id),
            broken.errors,
            broken.warnings,
            broken.infos,
            escaped_markdown(broken.rule->title)
        );
    }
}

void write_rule(
    std::string& text, const Report& report, const RuleCount& broken, std::uint64_t most
) {
    const Rule& rule = *broken.rule;
    text += fmt::format("\n## {}: {}\n\n", escaped_markdown(rule.id), escaped_markdown(rule.title));
    text += fmt::format(
        "Fix: {}  \nSource: {} ({})\n\n",
        escaped_markdown(rule.remedy),
        describe(rule.sources),
        name_of(rule.certainty())
    );
    text += "| Severity | Where | What | Expected | Actual |\n| --- | --- | --- | --- | --- |\n";
    std::uint64_t shown = 0;
    for (const Finding& finding : report.findings) {
        if (finding.rule != rule.id) continue;
        if (shown == most) break;
        ++shown;
        text += fmt::format(
            "| {} | {} | {} | {} | {} |\n",
            name_of(finding.severity),
            escaped_markdown(where(finding)),
            escaped_markdown(finding.message),
            escaped_markdown(finding.expected),
            escaped_markdown(finding.actual)
        );
    }
    const std::uint64_t all = broken.errors + broken.warnings + broken.infos;
    if (shown < all) text += fmt::format("\nand {} more of {}\n", all - shown, all);
}

void write_gaps(std::string& text, std::string_view title, const std::vector<Gap>& gaps) {
    if (gaps.empty()) return;
    text += fmt::format("\n## {}\n\n", title);
    for (const Gap& gap : gaps) text += fmt::format("- {}\n", escaped_markdown(gap_line(gap)));
}

void write_inputs(std::string& text, const Inputs& inputs) {
    text += "\n## Inputs\n\n| SHA-256 | Bytes | File |\n| --- | ---: | --- |\n";
    const std::size_t shown = std::min(most_inputs, inputs.listed.size());
    for (const Input& input : std::span(inputs.listed).first(shown)) {
        text += fmt::format(
            "| {} | {} | {} |\n", input.sha256, input.bytes, escaped_markdown(input.file)
        );
    }
    if (shown < inputs.files) text += fmt::format("\nand {} more\n", inputs.files - shown);
}

}  // namespace

std::string markdown_report(const Report& report, const TextOptions& options) {
    std::string text;
    write_head(text, report);
    if (!report.overrides.empty()) {
        text += "\n## Overridden severities\n\n";
        for (const Override& one : report.overrides) {
            text += fmt::format("- {}\n", escaped_markdown(override_line(one)));
        }
    }
    write_overview(text, report);
    const std::uint64_t most =
        options.max_per_rule == 0 ? most_findings : std::min(most_findings, options.max_per_rule);
    for (const RuleCount& broken : report.broken_rules) write_rule(text, report, broken, most);
    write_gaps(text, "Not reached", report.not_reached);
    write_gaps(text, "Not checked", report.not_checked);
    write_inputs(text, report.inputs);
    return text +
           fmt::format("\nNext: {}\n", escaped_markdown(next_step(report, "PATH --key KEY")));
}

}  // namespace sfmkit::findings
