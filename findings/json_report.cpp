#include "findings/report_formats.hpp"
#include "findings/report_text.hpp"

#include <nlohmann/json.hpp>

namespace sfmkit::findings {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(const std::optional<std::uint64_t>& number) {
    return number ? Json(*number) : Json(nullptr);
}

Json to_json(const Place& place) {
    Json json = Json::object();
    if (place.byte_offset) json["byte_offset"] = *place.byte_offset;
    if (!place.entry.empty()) json["entry"] = place.entry;
    if (place.line) json["line"] = *place.line;
    if (place.column) json["column"] = *place.column;
    if (!place.xpath.empty()) json["xpath"] = place.xpath;
    return json;
}

Json to_json(const Finding& finding) {
    Json json = {
        {"rule", finding.rule},
        {"severity", name_of(finding.severity)},
        {"file", finding.file},
        {"place", to_json(finding.place)},
        {"expected", finding.expected},
        {"actual", finding.actual},
        {"message", finding.message},
    };
    if (!finding.likely_cause.empty()) json["likely_cause"] = finding.likely_cause;
    return json;
}

Json to_json(const Gap& gap) {
    Json json = {
        {"what", gap.what}, {"reason", gap.reason}, {"file", gap.file}, {"files", gap.files}
    };
    if (!gap.superseded_by.empty()) json["superseded_by"] = gap.superseded_by;
    return json;
}

Json to_json(const Counts& counts) {
    return {
        {"error", counts.errors},
        {"warning", counts.warnings},
        {"info", counts.infos},
        {"blocked_by_published_source", counts.blocked_by_published_source},
        {"blocked_outright", counts.blocked_outright},
        {"blocked_by_inference_only", counts.blocked_by_inference_only},
        {"key_in_doubt", counts.key_in_doubt},
        {"muted", counts.muted},
        {"not_listed", counts.not_listed},
    };
}

Json to_json(const RuleCount& count) {
    return {
        {"rule", count.rule->id},
        {"error", count.errors},
        {"warning", count.warnings},
        {"info", count.infos},
        {"listed", count.listed},
    };
}

Json to_json(const Override& overridden) {
    return {
        {"rule", overridden.rule},
        {"by_profile", name_of(overridden.by_profile)},
        {"severity", name_of(overridden.severity)},
    };
}

Json to_json(const Coverage& coverage) {
    return {
        {"files", coverage.files},
        {"bytes", coverage.bytes},
        {"decrypted", coverage.decrypted},
        {"entries", coverage.entries},
        {"documents", coverage.documents},
    };
}

Json to_json(const Input& input) {
    return {{"file", input.file}, {"bytes", input.bytes}, {"sha256", input.sha256}};
}

template <class T>
Json to_array(const std::vector<T>& values) {
    Json json = Json::array();
    for (const T& value : values) json.push_back(to_json(value));
    return json;
}

Json to_json(const Inputs& inputs) {
    return {
        {"files", inputs.files},
        {"bytes", inputs.bytes},
        {"sha256", inputs.sha256},
        {"listed", to_array(inputs.listed)},
    };
}

Json to_json(const Verdict& verdict) {
    return {{"conclusion", name_of(verdict.conclusion)}, {"reason", verdict.reason}};
}

/// What is known before the first finding.
void add_run(Json& json, const Report& report) {
    json["tool"] = report.tool;
    json["version"] = report.version;
    json["ruleset"] = report.ruleset;
    json["profile"] = name_of(report.profile);
    json["started"] = timestamp(report.started);
    json["seed"] = number_or_null(report.seed);
    json["target"] = report.target;
    json["overrides"] = to_array(report.overrides);
}

/// What is known when the run has ended.
void add_result(Json& json, const Report& report) {
    json["verdict"] = to_json(report.verdict);
    json["counts"] = to_json(report.counts);
    json["broken_rules"] = to_array(report.broken_rules);
    json["coverage"] = to_json(report.coverage);
    json["inputs"] = to_json(report.inputs);
    json["not_reached"] = to_array(report.not_reached);
    json["not_checked"] = to_array(report.not_checked);
}

/// A path of the file system need not be UTF-8; such bytes are replaced, not a reason to stop.
std::string print(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string json_report(const Report& report, const TextOptions& /*options*/) {
    Json json = Json::object();
    add_run(json, report);
    add_result(json, report);
    json["findings"] = to_array(report.findings);
    return print(json, 2);
}

std::string ndjson_begin(const Report& report) {
    Json json = {{"line", "run"}};
    add_run(json, report);
    return print(json, -1);
}

std::string ndjson_finding(const Finding& finding) {
    Json json = {{"line", "finding"}};
    json.update(to_json(finding));
    return print(json, -1);
}

std::string ndjson_end(const Report& report) {
    Json json = {{"line", "end"}};
    add_result(json, report);
    return print(json, -1);
}

std::string ndjson_report(const Report& report, const TextOptions& /*options*/) {
    std::string text = ndjson_begin(report);
    for (const Finding& finding : report.findings) text += ndjson_finding(finding);
    return text + ndjson_end(report);
}

}  // namespace sfmkit::findings
