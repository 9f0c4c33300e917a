#include "findings/report_formats.hpp"
#include "findings/report_text.hpp"

#include <fmt/format.h>

namespace sfmkit::findings {
namespace {

void write_finding(std::string& text, const Finding& finding) {
    if (const std::string place = where(finding); !place.empty()) {
        text += fmt::format("    at {}\n", place);
    }
    text += fmt::format("       {}\n", finding.message);
    if (!finding.expected.empty()) text += fmt::format("       expected {}\n", finding.expected);
    if (!finding.actual.empty()) text += fmt::format("       actual   {}\n", finding.actual);
    if (!finding.likely_cause.empty()) {
        text += fmt::format("       likely   {}\n", finding.likely_cause);
    }
}

void write_rule(
    std::string& text,
    const Report& report,
    const RuleCount& broken,
    Severity severity,
    const TextOptions& options
) {
    const Rule& rule = *broken.rule;
    const std::uint64_t count = broken.of(severity);
    if (count == 0) return;
    text += fmt::format(
        "\n{}, broken {}: {} [{}]\n", name_of(severity), times(count), rule.title, rule.id
    );
    std::uint64_t shown = 0;
    for (const Finding& finding : report.findings) {
        if (finding.rule != rule.id || finding.severity != severity) continue;
        if (options.max_per_rule != 0 && shown == options.max_per_rule) break;
        write_finding(text, finding);
        ++shown;
    }
    if (shown < count) text += fmt::format("    and {} more of {}\n", count - shown, count);
    text += fmt::format(
        "    why: {} ({})\n    fix: {}\n",
        describe(rule.sources),
        name_of(rule.certainty()),
        rule.remedy
    );
    if (!rule.usual_cause.empty()) text += fmt::format("    usual cause: {}\n", rule.usual_cause);
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

void write_inputs(std::string& text, const Inputs& inputs) {
    text += fmt::format("\n{}:\n", inputs_line(inputs));
    for (const Input& input : inputs.listed) {
        text += fmt::format("    {}  {}\n", input.sha256, input.file);
    }
    if (inputs.files > inputs.listed.size()) {
        text += fmt::format("    and {} more\n", inputs.files - inputs.listed.size());
    }
}

void write_overrides(std::string& text, const std::vector<Override>& overrides) {
    if (overrides.empty()) return;
    text += "\noverridden severities:\n";
    for (const Override& overridden : overrides) {
        text += fmt::format(
            "    {}: {} instead of {}\n",
            overridden.rule,
            name_of(overridden.severity),
            name_of(overridden.by_profile)
        );
    }
}

}  // namespace

std::string text_report(const Report& report, const TextOptions& options) {
    std::string text = fmt::format(
        "{}\n{}\n{} {}, ruleset {}\n",
        verdict_line(report),
        numbers_line(report),
        report.tool,
        report.version,
        report.ruleset
    );
    write_overrides(text, report.overrides);
    for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
        for (const RuleCount& broken : report.broken_rules) {
            write_rule(text, report, broken, severity, options);
        }
    }
    write_gaps(text, "not reached", report.not_reached);
    write_gaps(text, "not checked", report.not_checked);
    write_inputs(text, report.inputs);
    text += fmt::format("\nnext: {}\n", next_step(report, "PATH --key KEY"));
    return text;
}

}  // namespace sfmkit::findings
