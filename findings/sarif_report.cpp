#include "findings/markup.hpp"
#include "findings/report_formats.hpp"
#include "findings/report_text.hpp"
#include "findings/rule_id.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace sfmkit::findings {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string_view level_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::info:
            return "note";
        case Severity::off:
            break;
    }
    return "none";
}

/// A relative reference (RFC 3986 section 4.2) with everything escaped that is not plain in one.
std::string uri_of(std::string_view path) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    std::string uri;
    for (const char c : path) {
        if (plain.find(c) != std::string_view::npos) {
            uri += c;
        } else {
            uri += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return uri;
}

Json text_of(std::string_view text) {
    return {{"text", text.empty() ? std::string_view("-") : text}};
}

Json artifact_of(std::string_view file) {
    // An export as a whole has no name below itself.
    const std::string uri = file.empty() ? "." : uri_of(file);
    return {{"uri", uri}, {"uriBaseId", "EXPORT"}};
}

Json rule_json(const Report& report, const Rule& rule) {
    const std::string help = fmt::format(
        "{}\n\nSource: {} ({}). Offline: sfmkit explain {}",
        rule.remedy,
        describe(rule.sources),
        name_of(rule.certainty()),
        rule.id
    );
    Json json = {
        {"id", rule.id},
        {"shortDescription", text_of(rule.title)},
        {"fullDescription", text_of(rule.usual_cause.empty() ? rule.title : rule.usual_cause)},
        {"help", text_of(help)},
    };
    const Severity severity = rule.severity_in(report.profile);
    json["defaultConfiguration"] = {
        {"enabled", severity != Severity::off && rule.built}, {"level", level_of(severity)}
    };
    json["properties"] = {
        {"tags", {family_of(rule.id), name_of(rule.stage)}},
        {"certainty", name_of(rule.certainty())},
        {"source", describe(rule.sources)},
    };
    return json;
}

/// Lines and bytes inside of a zip entry are no places in the encrypted file: a viewer would open
/// it there. They are told in the logical location and the properties.
Json location_json(const Finding& finding) {
    const Place& place = finding.place;
    Json physical = {{"artifactLocation", artifact_of(finding.file)}};
    if (place.entry.empty() && place.line && *place.line > 0) {
        physical["region"] = {{"startLine", *place.line}};
        if (place.column && *place.column > 0) physical["region"]["startColumn"] = *place.column;
    } else if (place.entry.empty() && place.byte_offset) {
        physical["region"] = {{"byteOffset", *place.byte_offset}, {"byteLength", 0}};
    }
    Json location = {{"physicalLocation", physical}};
    Json logical = Json::array();
    if (!place.entry.empty()) {
        logical.push_back({{"fullyQualifiedName", place.entry}, {"kind", "resource"}});
    }
    if (!place.xpath.empty()) {
        logical.push_back({{"fullyQualifiedName", place.xpath}, {"kind", "element"}});
    }
    if (!logical.empty()) location["logicalLocations"] = std::move(logical);
    return location;
}

Json result_json(const Finding& finding, const std::map<std::string, std::size_t>& numbers) {
    std::string message = finding.message;
    if (!finding.expected.empty()) message += "; expected " + finding.expected;
    if (!finding.actual.empty()) message += "; actual " + finding.actual;
    const std::string place = where(finding);
    if (!place.empty()) message += " (" + place + ')';
    Json json = {{"ruleId", finding.rule}};
    const auto number = numbers.find(finding.rule);
    if (number != numbers.end()) json["ruleIndex"] = number->second;
    json["level"] = level_of(finding.severity);
    json["kind"] = "fail";
    if (finding.severity == Severity::off) json["kind"] = "informational";
    json["message"] = text_of(message);
    json["locations"] = Json::array({location_json(finding)});
    Json properties = {{"expected", finding.expected}, {"actual", finding.actual}};
    if (finding.place.byte_offset) properties["byteOffset"] = *finding.place.byte_offset;
    if (finding.place.line) properties["line"] = *finding.place.line;
    if (finding.place.column) properties["column"] = *finding.place.column;
    if (!finding.likely_cause.empty()) properties["likelyCause"] = finding.likely_cause;
    json["properties"] = std::move(properties);
    return json;
}

void add_gaps(Json& notes, const std::vector<Gap>& gaps, std::string_view kind) {
    for (const Gap& gap : gaps) {
        Json note = {
            {"descriptor", {{"id", kind}}},
            {"level", gap.superseded_by.empty() ? "warning" : "note"},
            {"message", text_of(fmt::format("{}: {}", kind, gap_line(gap)))},
        };
        if (!gap.file.empty()) {
            note["locations"] =
                Json::array({{{"physicalLocation", {{"artifactLocation", artifact_of(gap.file)}}}}}
                );
        }
        notes.push_back(std::move(note));
    }
}

Json invocation_json(const Report& report) {
    Json notes = Json::array();
    add_gaps(notes, report.not_reached, "not reached");
    add_gaps(notes, report.not_checked, "not checked");
    if (report.counts.not_listed > 0) {
        notes.push_back({
            {"descriptor", {{"id", "not listed"}}},
            {"level", "warning"},
            {"message",
             text_of(counted(report.counts.not_listed, "finding") + " counted and not listed")},
        });
    }
    Json changes = Json::array();
    for (const Override& one : report.overrides) {
        changes.push_back({
            {"descriptor", {{"id", one.rule}}},
            {"configuration",
             {{"enabled", one.severity != Severity::off}, {"level", level_of(one.severity)}}},
        });
    }
    Json json = {
        {"executionSuccessful", !report.interrupted},
        {"exitCode", report.interrupted ? 130 : exit_code_for(report.verdict.conclusion)},
        {"exitCodeDescription", verdict_line(report)},
        {"startTimeUtc", timestamp(report.started)},
        {"toolExecutionNotifications", std::move(notes)},
    };
    if (!changes.empty()) json["ruleConfigurationOverrides"] = std::move(changes);
    return json;
}

Json artifacts_json(const Inputs& inputs) {
    Json artifacts = Json::array();
    for (const Input& input : inputs.listed) {
        artifacts.push_back({
            {"location", artifact_of(input.file)},
            {"length", input.bytes},
            {"hashes", {{"sha-256", input.sha256}}},
        });
    }
    return artifacts;
}

Json properties_json(const Report& report) {
    const Counts& counts = report.counts;
    Json broken = Json::object();
    for (const RuleCount& rule : report.broken_rules) {
        broken[std::string(rule.rule->id)] = rule.errors + rule.warnings + rule.infos;
    }
    return {
        {"profile", name_of(report.profile)},
        {"ruleset", report.ruleset},
        {"target", report.target},
        {"verdict", name_of(report.verdict.conclusion)},
        {"verdictReason", report.verdict.reason},
        {"errors", counts.errors},
        {"warnings", counts.warnings},
        {"infos", counts.infos},
        {"notListed", counts.not_listed},
        {"timesBroken", std::move(broken)},
        {"inputs",
         {{"files", report.inputs.files},
          {"bytes", report.inputs.bytes},
          {"sha256", report.inputs.sha256}}},
    };
}

}  // namespace

std::string sarif_report(const Report& report, const TextOptions& /*options*/) {
    std::map<std::string, std::size_t> numbers;
    Json rules = Json::array();
    for (const Rule* const rule : rules_told(report)) {
        numbers.emplace(std::string(rule->id), rules.size());
        rules.push_back(rule_json(report, *rule));
    }
    Json results = Json::array();
    for (const Finding& finding : report.findings) {
        results.push_back(result_json(finding, numbers));
    }
    Json driver = {
        {"name", report.tool},
        {"version", report.version},
        {"rules", std::move(rules)},
        {"properties", {{"ruleset", report.ruleset}}},
    };
    Json run = {
        {"tool", {{"driver", std::move(driver)}}},
        {"invocations", Json::array({invocation_json(report)})},
        {"originalUriBaseIds",
         {{"EXPORT", {{"description", text_of("what was judged: " + report.target)}}}}},
        {"artifacts", artifacts_json(report.inputs)},
        {"columnKind", "unicodeCodePoints"},
        {"results", std::move(results)},
        {"properties", properties_json(report)},
    };
    const Json log = {
        {"$schema", schema}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}
    };
    return log.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace sfmkit::findings
