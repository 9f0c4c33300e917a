#include "findings/html_page.hpp"
#include "findings/markup.hpp"
#include "findings/report_formats.hpp"
#include "findings/report_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>

namespace sfmkit::findings {
namespace {

/// A browser shows so much at once without effort; numbers stay true.
constexpr std::uint64_t most_per_rule = 200;
constexpr std::uint64_t most_findings = 4000;
constexpr std::size_t most_files = 1000;
constexpr std::size_t most_inputs = 200;

std::string_view class_of(Conclusion conclusion) {
    switch (conclusion) {
        case Conclusion::conforms:
            return "good";
        case Conclusion::does_not_conform:
            return "bad";
        case Conclusion::inconclusive:
            break;
    }
    return "open";
}

void pair(std::string& text, std::string_view what, const std::string& value) {
    text += fmt::format("<dt>{}</dt><dd>{}</dd>\n", what, escaped_xml(value));
}

void tile(std::string& text, std::uint64_t count, std::string_view what) {
    text += fmt::format("<div><b>{}</b><span>{}</span></div>\n", count, what);
}

void write_head(std::string& text, const Report& report) {
    const std::string target = escaped_xml(report.target);
    text += fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{}: {}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
        html_policy(),
        name_of(report.verdict.conclusion),
        target,
        html_style()
    );
    text += fmt::format(
        "<header class=\"card {}\">\n<span class=\"tag\">{}</span>\n<h1>{}</h1>\n<p>{}</p>\n",
        class_of(report.verdict.conclusion),
        name_of(report.verdict.conclusion),
        target,
        escaped_xml(report.verdict.reason)
    );
    text += fmt::format(
        "<p class=\"soft\">Next: {}</p>\n</header>\n",
        escaped_xml(next_step(report, "PATH --key KEY"))
    );
    text += "<div class=\"tiles\">\n";
    tile(text, report.counts.errors, "errors");
    tile(text, report.counts.warnings, "warnings");
    tile(text, report.counts.infos, "infos");
    tile(text, report.coverage.files, "files");
    tile(text, report.coverage.decrypted, "decrypted");
    tile(text, report.coverage.documents, "documents");
    text += "</div>\n<dl>\n";
    pair(text, "Tool", report.tool + ' ' + report.version);
    pair(text, "Rule set", report.ruleset);
    pair(text, "Profile", std::string(name_of(report.profile)));
    pair(text, "Begun", timestamp(report.started));
    pair(text, "Inputs", counted(report.inputs.files, "file") + ", sha256 " + report.inputs.sha256);
    pair(text, "Not listed", counted(report.counts.not_listed, "finding"));
    text += "</dl>\n";
}

void write_list(std::string& text, std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    text += fmt::format("<h2>{}</h2>\n<ul>\n", title);
    for (const std::string& line : lines) text += fmt::format("<li>{}</li>\n", escaped_xml(line));
    text += "</ul>\n";
}

template <class T>
std::vector<std::string> lines_of(const std::vector<T>& values, std::string (*line)(const T&)) {
    std::vector<std::string> lines;
    for (const T& value : values) lines.push_back(line(value));
    return lines;
}

void write_filter(std::string& text) {
    text +=
        "<form hidden>\n"
        "<input name=\"q\" type=\"search\" aria-label=\"Filter findings\" "
        "placeholder=\"Filter by file, rule or text\">\n"
        "<select name=\"s\" aria-label=\"Severity\"><option value=\"\">all severities</option>"
        "<option>error</option><option>warning</option><option>info</option></select>\n"
        "<output class=\"soft\"></output>\n</form>\n";
}

void write_finding(std::string& text, const Finding& finding) {
    text += fmt::format(
        "<div class=\"f\" data-s=\"{0}\" data-k=\"{1}\"><span class=\"tag {0}\">{0}</span> "
        "<code>{2}</code>\n<p>{3}</p>\n",
        name_of(finding.severity),
        escaped_xml(finding.rule),
        escaped_xml(where(finding)),
        escaped_xml(finding.message)
    );
    if (!finding.expected.empty() || !finding.actual.empty()) {
        text += fmt::format(
            "<div class=\"ea\"><span class=\"soft\">expected</span><code>{}</code>"
            "<span class=\"soft\">actual</span><code>{}</code></div>\n",
            escaped_xml(finding.expected),
            escaped_xml(finding.actual)
        );
    }
    if (!finding.likely_cause.empty()) {
        text += fmt::format(
            "<p class=\"soft\">Likely cause: {}</p>\n", escaped_xml(finding.likely_cause)
        );
    }
    text += "</div>\n";
}

/// `2 errors, 1 warning`, of what there is.
std::string severities_of(std::uint64_t errors, std::uint64_t warnings, std::uint64_t infos) {
    std::string text;
    const auto add = [&](std::uint64_t count, std::string_view what) {
        if (count == 0) return;
        text += fmt::format(
            "{}<span class=\"{}\">{}</span>", text.empty() ? "" : ", ", what, counted(count, what)
        );
    };
    add(errors, "error");
    add(warnings, "warning");
    add(infos, "info");
    return text;
}

std::uint64_t write_rule(
    std::string& text, const Report& report, const RuleCount& broken, std::uint64_t most
) {
    const Rule& rule = *broken.rule;
    const std::string id = escaped_xml(rule.id);
    text += fmt::format(
        "<details class=\"g\" id=\"rule-{0}\" open>\n<summary><span class=\"m\">{0}</span>"
        "<span class=\"t\">{1}</span><span class=\"n\">{2}</span></summary>\n<div class=\"in\">\n",
        id,
        escaped_xml(rule.title),
        severities_of(broken.errors, broken.warnings, broken.infos)
    );
    text += fmt::format(
        "<div class=\"fix\"><p><b>Fix:</b> {}</p>\n<p class=\"soft\">Source: {} ({}). "
        "More: <code>sfmkit explain {}</code></p></div>\n",
        escaped_xml(rule.remedy),
        escaped_xml(describe(rule.sources)),
        name_of(rule.certainty()),
        id
    );
    std::uint64_t shown = 0;
    for (const Finding& finding : report.findings) {
        if (finding.rule != rule.id) continue;
        if (shown == most) break;
        ++shown;
        write_finding(text, finding);
    }
    const std::uint64_t all = broken.errors + broken.warnings + broken.infos;
    if (shown < all) {
        text += fmt::format("<p class=\"soft\">and {} more of {}</p>\n", all - shown, all);
    }
    text += "</div>\n</details>\n";
    return shown;
}

void write_rules(std::string& text, const Report& report) {
    text += "<h2>By rule</h2>\n";
    if (report.broken_rules.empty()) {
        text += "<p>No rule is broken.</p>\n";
        return;
    }
    write_filter(text);
    std::uint64_t room = most_findings;
    const auto write = [&](bool with_errors) {
        for (const RuleCount& broken : report.broken_rules) {
            if ((broken.errors > 0) != with_errors) continue;
            room -= write_rule(text, report, broken, std::min(most_per_rule, room));
        }
    };
    write(true);
    write(false);
}

struct FileSummary {
    std::uint64_t errors = 0;
    std::uint64_t warnings = 0;
    std::uint64_t infos = 0;
    std::set<std::string_view> rules = {};
};

std::map<std::string_view, FileSummary> by_file(const Report& report) {
    std::map<std::string_view, FileSummary> files;
    for (const Finding& finding : report.findings) {
        FileSummary& file = files[finding.file];
        if (finding.severity == Severity::error) ++file.errors;
        if (finding.severity == Severity::warning) ++file.warnings;
        if (finding.severity == Severity::info) ++file.infos;
        file.rules.insert(finding.rule);
    }
    return files;
}

void write_file(std::string& text, std::string_view name, const FileSummary& file) {
    std::string severities;
    if (file.errors > 0) severities += "error ";
    if (file.warnings > 0) severities += "warning ";
    if (file.infos > 0) severities += "info";
    std::string rules;
    for (const std::string_view rule : file.rules) {
        if (!rules.empty()) rules += ", ";
        rules += fmt::format("<a href=\"#rule-{0}\">{0}</a>", escaped_xml(rule));
    }
    text += fmt::format(
        "<tr data-s=\"{}\" data-k=\"\"><td class=\"m\">{}</td><td>{}</td><td>{}</td></tr>\n",
        severities,
        name.empty() ? "the export as a whole" : escaped_xml(name),
        severities_of(file.errors, file.warnings, file.infos),
        rules
    );
}

void write_files(std::string& text, const Report& report) {
    const auto files = by_file(report);
    if (files.empty()) return;
    text +=
        "<h2>By file</h2>\n<table>\n<thead><tr><th scope=\"col\">File</th>"
        "<th scope=\"col\">Listed findings</th><th scope=\"col\">Rules</th></tr></thead>\n"
        "<tbody>\n";
    std::size_t shown = 0;
    for (const auto& [name, file] : files) {
        if (shown == most_files) break;
        ++shown;
        write_file(text, name, file);
    }
    text += "</tbody>\n</table>\n";
    if (shown < files.size()) {
        text += fmt::format("<p class=\"soft\">and {} more files</p>\n", files.size() - shown);
    }
}

void write_inputs(std::string& text, const Inputs& inputs) {
    const std::size_t shown = std::min(most_inputs, inputs.listed.size());
    if (shown == 0) return;
    text +=
        "<h2>Inputs</h2>\n<details>\n<summary><span class=\"t\">SHA-256 of each file</span>"
        "</summary>\n<div class=\"in\">\n<table>\n<thead><tr><th scope=\"col\">SHA-256</th>"
        "<th scope=\"col\">Bytes</th><th scope=\"col\">File</th></tr></thead>\n<tbody>\n";
    for (const Input& input : std::span(inputs.listed).first(shown)) {
        text += fmt::format(
            "<tr><td class=\"m\">{}</td><td class=\"n\">{}</td><td class=\"m\">{}</td></tr>\n",
            input.sha256,
            input.bytes,
            escaped_xml(input.file)
        );
    }
    text += "</tbody>\n</table>\n";
    if (shown < inputs.files) {
        text += fmt::format("<p class=\"soft\">and {} more</p>\n", inputs.files - shown);
    }
    text += "</div>\n</details>\n";
}

}  // namespace

std::string html_report(const Report& report, const TextOptions& /*options*/) {
    std::string text;
    write_head(text, report);
    write_list(text, "Overridden severities", lines_of(report.overrides, override_line));
    write_rules(text, report);
    write_files(text, report);
    write_list(text, "Not reached", lines_of(report.not_reached, gap_line));
    write_list(text, "Not checked", lines_of(report.not_checked, gap_line));
    write_inputs(text, report.inputs);
    text += "</main>\n";
    if (!report.broken_rules.empty()) text += fmt::format("<script>{}</script>\n", html_script());
    return text + "</body>\n</html>\n";
}

}  // namespace sfmkit::findings
