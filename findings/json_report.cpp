#include "findings/report_formats.hpp"

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

namespace sfmkit::findings {
namespace {

using Json = nlohmann::ordered_json;

/// RFC 3339 in UTC with milliseconds.
std::string timestamp(platform::WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
        fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
        (time - seconds).count()
    );
}

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

template <class T>
Json to_array(const std::vector<T>& values) {
    Json json = Json::array();
    for (const T& value : values) json.push_back(to_json(value));
    return json;
}

}  // namespace

std::string json_report(const Report& report) {
    const Json json = {
        {"tool", report.tool},
        {"version", report.version},
        {"ruleset", report.ruleset},
        {"profile", name_of(report.profile)},
        {"started", timestamp(report.started)},
        {"seed", number_or_null(report.seed)},
        {"target", report.target},
        {"verdict",
         {{"conclusion", name_of(report.verdict.conclusion)}, {"reason", report.verdict.reason}}},
        {"overrides", to_array(report.overrides)},
        {"counts", to_json(report.counts)},
        {"broken_rules", to_array(report.broken_rules)},
        {"coverage", to_json(report.coverage)},
        {"findings", to_array(report.findings)},
        {"not_reached", to_array(report.not_reached)},
        {"not_checked", to_array(report.not_checked)},
    };
    // A path of the file system need not be UTF-8; such bytes are replaced, not a reason to stop.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace sfmkit::findings
