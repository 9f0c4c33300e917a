#include "findings/markup.hpp"
#include "findings/report_formats.hpp"
#include "findings/report_text.hpp"
#include "findings/rule_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sfmkit::findings {
namespace {

/// Findings of one rule that a test case tells; its message has the true number.
constexpr std::uint64_t most_per_case = 50;

struct Suite {
    std::uint64_t tests = 0;
    std::uint64_t failures = 0;
    std::uint64_t skipped = 0;
    std::string cases = {};
};

void add_property(std::string& text, std::string_view name, std::string_view value) {
    text += fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, escaped_xml(value));
}

std::string properties(const Report& report) {
    std::string text = "    <properties>\n";
    add_property(text, "tool", report.tool + ' ' + report.version);
    add_property(text, "ruleset", report.ruleset);
    add_property(text, "profile", name_of(report.profile));
    add_property(text, "target", report.target);
    add_property(text, "verdict", verdict_line(report));
    add_property(text, "inputs", inputs_line(report.inputs));
    for (const Input& input : report.inputs.listed) {
        add_property(text, "input", input.sha256 + "  " + input.file);
    }
    for (const Override& one : report.overrides) add_property(text, "override", override_line(one));
    for (const Gap& gap : report.not_reached) add_property(text, "not reached", gap_line(gap));
    for (const Gap& gap : report.not_checked) add_property(text, "not checked", gap_line(gap));
    add_property(text, "findings not listed", std::to_string(report.counts.not_listed));
    return text + "    </properties>\n";
}

std::string told_findings(const Report& report, const RuleCount& broken) {
    std::string text;
    std::uint64_t told = 0;
    for (const Finding& finding : report.findings) {
        if (finding.rule != broken.rule->id) continue;
        if (told++ == most_per_case) break;
        text += fmt::format("{}: {}\n", name_of(finding.severity), where(finding));
        text += fmt::format("  {}\n", finding.message);
        if (!finding.expected.empty()) text += fmt::format("  expected {}\n", finding.expected);
        if (!finding.actual.empty()) text += fmt::format("  actual   {}\n", finding.actual);
    }
    const std::uint64_t all = broken.errors + broken.warnings + broken.infos;
    const std::uint64_t shown = std::min(told, most_per_case);
    if (all > shown) text += fmt::format("and {} more of {}\n", all - shown, all);
    return text + fmt::format("fix: {}\n", broken.rule->remedy);
}

/// The first gap that names the rule; null when nothing stood before it.
const Gap* gap_of(const std::vector<Gap>& gaps, const Rule& rule) {
    const auto gap =
        std::ranges::find_if(gaps, [&](const Gap& one) { return names_rule(one, rule); });
    return gap == gaps.end() ? nullptr : &*gap;
}

const Gap* gap_of(const Report& report, const Rule& rule) {
    const Gap* const gap = gap_of(report.not_checked, rule);
    return gap != nullptr ? gap : gap_of(report.not_reached, rule);
}

/// Some files did not come so far, others did: the rule was judged by those.
bool is_partial(const Report& report, const Gap& gap, const Rule& rule) {
    const Coverage& coverage = report.coverage;
    if (rule.stage == Stage::archive && coverage.decrypted == 0) return false;
    if (rule.stage == Stage::document && coverage.documents == 0) return false;
    return rule.stage != Stage::folder && !gap.file.empty() && gap.files < coverage.files;
}

void add_case(Suite& suite, const Report& report, const Rule& rule) {
    const std::string_view family = family_of(rule.id);
    ++suite.tests;
    suite.cases += fmt::format(
        "    <testcase classname=\"sfmkit.{}\" name=\"{}: {}\" time=\"0\"",
        escaped_xml(family),
        escaped_xml(rule.id),
        escaped_xml(rule.title)
    );
    const auto broken = std::ranges::find_if(report.broken_rules, [&](const RuleCount& count) {
        return count.rule->id == rule.id;
    });
    if (broken != report.broken_rules.end()) {
        const std::string told = escaped_xml(told_findings(report, *broken));
        if (broken->errors == 0) {
            suite.cases += fmt::format(">\n      <system-out>{}</system-out>\n", told);
        } else {
            ++suite.failures;
            suite.cases += fmt::format(
                ">\n      <failure type=\"{}\" message=\"broken {}: {}\">{}</failure>\n",
                escaped_xml(rule.id),
                times(broken->errors),
                escaped_xml(rule.title),
                told
            );
        }
    } else if (const Gap* const gap = gap_of(report, rule);
               gap != nullptr && is_partial(report, *gap, rule)) {
        suite.cases += fmt::format(
            ">\n      <system-out>kept where it was judged; {}</system-out>\n",
            escaped_xml(gap_line(*gap))
        );
    } else if (gap != nullptr) {
        ++suite.skipped;
        suite.cases +=
            fmt::format(">\n      <skipped message=\"{}\"/>\n", escaped_xml(gap_line(*gap)));
    } else if (rule_is_off(report, rule)) {
        ++suite.skipped;
        suite.cases += ">\n      <skipped message=\"off in this profile or by --severity\"/>\n";
    } else {
        suite.cases += "/>\n";
        return;
    }
    suite.cases += "    </testcase>\n";
}

/// CI systems decide by the cases: an answer that is left open must not look like a good one.
void add_verdict(Suite& suite, const Report& report) {
    suite.tests = 1;
    suite.cases = "    <testcase classname=\"sfmkit\" name=\"verdict\" time=\"0\"";
    if (report.verdict.conclusion == Conclusion::conforms) {
        suite.cases += "/>\n";
        return;
    }
    suite.failures = 1;
    suite.cases += fmt::format(
        ">\n      <failure type=\"{}\" message=\"{}\"/>\n    </testcase>\n",
        name_of(report.verdict.conclusion),
        escaped_xml(verdict_line(report))
    );
}

}  // namespace

std::string junit_report(const Report& report, const TextOptions& /*options*/) {
    std::map<std::string_view, Suite> suites;
    Suite verdict;
    add_verdict(verdict, report);
    for (const Rule* const rule : rules_told(report)) {
        add_case(suites[family_of(rule->id)], report, *rule);
    }
    Suite all = verdict;
    for (const auto& [family, suite] : suites) {
        all.tests += suite.tests;
        all.failures += suite.failures;
        all.skipped += suite.skipped;
    }
    std::string text = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"sfmkit verify\" tests=\"{}\" failures=\"{}\" errors=\"0\" "
        "skipped=\"{}\" time=\"0\">\n",
        all.tests,
        all.failures,
        all.skipped
    );
    const auto write = [&](std::string_view name, const Suite& suite, const std::string& first) {
        text += fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
            "time=\"0\" timestamp=\"{}\" hostname=\"localhost\">\n{}{}  </testsuite>\n",
            escaped_xml(name),
            suite.tests,
            suite.failures,
            suite.skipped,
            timestamp(report.started).substr(0, 19),
            first,
            suite.cases
        );
    };
    write("verdict", verdict, properties(report));
    for (const auto& [family, suite] : suites) write(family, suite, "");
    return text + "</testsuites>\n";
}

}  // namespace sfmkit::findings
