#include "cli/evidence_log.hpp"

#include "findings/report_text.hpp"
#include "platform/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ostream>

namespace sfmkit::cli {
namespace {

using findings::timestamp;
using Json = nlohmann::ordered_json;
using mockserver::ChecksumVerdict;
using mockserver::FindingRow;
using mockserver::RequestEnd;
using mockserver::RequestEvidence;
using mockserver::RunRow;

template <class Names>
std::string joined(const Names& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string offsets(const RequestEvidence& request) {
    if (!request.offset_after) return "";
    const auto after = *request.offset_after;
    return fmt::format(", offset {} -> {}", request.offset_before.value_or(after), after);
}

std::string request_text(const KeptEvidence::Told& told) {
    const RequestEvidence& request = told.row.request;
    std::string line = fmt::format(
        "{} {}.{} {} {} -> {}",
        timestamp(request.arrived),
        request.connection,
        request.request,
        platform::printable(request.method),
        platform::printable(request.target),
        request.end == RequestEnd::answered
            ? fmt::format("{}", request.status)
            : fmt::format("no answer ({})", mockserver::name_of(request.end))
    );
    if (request.body_bytes > 0) line += fmt::format(", body {}", request.body_bytes);
    line += offsets(request);
    if (request.checksum != ChecksumVerdict::none) {
        line += fmt::format(", checksum {}", mockserver::name_of(request.checksum));
    }
    if (!request.auth.empty()) line += ", credentials " + platform::printable(request.auth);
    if (!told.faults.empty()) line += ", faults: " + platform::printable(joined(told.faults));
    std::vector<std::string> rules;
    for (const FindingRow* row : told.findings) rules.push_back(row->finding.rule);
    if (!rules.empty()) line += " [" + joined(rules) + "]";
    return line;
}

std::string finding_text(const FindingRow& row) {
    const auto& finding = row.finding;
    return fmt::format(
        "{} {}{}: {}: {} [{}]",
        timestamp(row.at),
        row.where.upload_id.empty() ? "" : "upload " + row.where.upload_id + ", ",
        platform::printable(finding.file),
        findings::name_of(finding.severity),
        platform::printable(finding.message),
        finding.rule
    );
}

template <class Number>
Json or_null(const std::optional<Number>& number) {
    return number ? Json(*number) : Json(nullptr);
}

Json run_json(const RunRow& run) {
    return {
        {"kind", "run"},
        {"run", run.id},
        {"started", timestamp(run.started)},
        {"ended", run.ended ? Json(timestamp(*run.ended)) : Json(nullptr)},
        {"version", run.version},
        {"imitates", run.imitates},
        {"seed", run.seed},
        {"gap", run.gap},
    };
}

Json finding_json(const FindingRow& row) {
    const auto& finding = row.finding;
    return {
        {"id", row.id},
        {"rule", finding.rule},
        {"severity", findings::name_of(finding.severity)},
        {"file", finding.file},
        {"place", finding.place.xpath},
        {"expected", finding.expected},
        {"actual", finding.actual},
        {"message", finding.message},
        {"next", finding.next},
    };
}

Json request_json(const KeptEvidence::Told& told) {
    const RequestEvidence& request = told.row.request;
    Json found = Json::array();
    for (const FindingRow* row : told.findings) found.push_back(finding_json(*row));
    return {
        {"kind", "request"},
        {"id", told.row.id},
        {"run", told.row.run},
        {"connection", request.connection},
        {"request", request.request},
        {"peer", request.peer},
        {"arrived", timestamp(request.arrived)},
        {"ended", timestamp(request.ended)},
        {"method", request.method},
        {"target", request.target},
        {"upload", request.upload_id},
        {"end", mockserver::name_of(request.end)},
        {"status", request.status},
        {"body_bytes", request.body_bytes},
        {"offset_before", or_null(request.offset_before)},
        {"offset_after", or_null(request.offset_after)},
        {"checksum", mockserver::name_of(request.checksum)},
        {"auth", request.auth},
        {"token", request.token.empty() ? Json() : Json::parse(request.token, nullptr, false)},
        {"faults", told.faults},
        {"findings", std::move(found)},
    };
}

Json other_finding_json(const FindingRow& row) {
    Json json = {
        {"kind", "finding"},
        {"run", row.run},
        {"at", timestamp(row.at)},
        {"upload", row.where.upload_id},
    };
    json.update(finding_json(row));
    return json;
}

/// Bytes that are no UTF-8 may have come from a client.
void write_line(std::ostream& output, const Json& json) {
    output << json.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace

platform::Result<void> write_log(
    KeptEvidence& evidence, const mockserver::RequestQuery& query, std::ostream& output
) {
    for (const RunRow& run : evidence.runs()) {
        if (query.run != 0 && query.run != run.id) continue;
        output << describe_run(run) << '\n';
        mockserver::RequestQuery of_run = query;
        of_run.run = run.id;
        const auto told =
            evidence.for_each_request(of_run, [&output](const KeptEvidence::Told& request) {
                output << request_text(request) << '\n';
            });
        if (!told) return told;
        for (const FindingRow* row : evidence.other_findings(of_run)) {
            output << finding_text(*row) << '\n';
        }
    }
    return {};
}

platform::Result<void> write_json_log(
    KeptEvidence& evidence, const mockserver::RequestQuery& query, std::ostream& output
) {
    for (const RunRow& run : evidence.runs()) {
        if (query.run != 0 && query.run != run.id) continue;
        write_line(output, run_json(run));
        mockserver::RequestQuery of_run = query;
        of_run.run = run.id;
        const auto told =
            evidence.for_each_request(of_run, [&output](const KeptEvidence::Told& request) {
                write_line(output, request_json(request));
            });
        if (!told) return told;
        for (const FindingRow* row : evidence.other_findings(of_run)) {
            write_line(output, other_finding_json(*row));
        }
    }
    return {};
}

}  // namespace sfmkit::cli
