#include "cli/verify_reports.hpp"

namespace sfmkit::cli {

using platform::Result;

namespace {

constexpr const char* command = "verify";

}  // namespace

Result<RequestedReport> parse_report(const std::string& text) {
    std::vector<std::string_view> names;
    for (const findings::ReportFormat& known : findings::report_formats()) {
        names.push_back(known.name);
    }
    auto option = parse_report_option(text, names, command);
    if (!option) return platform::fail(option.error());
    return RequestedReport{
        .format = findings::report_format_named(option->format), .file = std::move(option->file)
    };
}

Result<void> check_places(
    const std::vector<RequestedReport>& reports,
    const std::string& target,
    const std::vector<std::string>& inputs
) {
    std::vector<std::string> files;
    for (const RequestedReport& report : reports) files.push_back(report.file);
    return check_places(files, target, inputs, command);
}

Result<std::unique_ptr<VerifyReports>> VerifyReports::create(
    const std::vector<RequestedReport>& requested, World& world
) {
    std::vector<ReportPlaces::Wanted> wanted;
    for (const RequestedReport& report : requested) {
        wanted.push_back({.file = report.file, .while_running = report.format->while_running});
    }
    auto places = ReportPlaces::create(world, wanted);
    if (!places) return platform::fail(places.error());
    return std::unique_ptr<VerifyReports>(new VerifyReports(requested, std::move(*places)));
}

void VerifyReports::begun(
    const findings::Report& report, const verifier::VerifyProgress& /*progress*/
) {
    places_.write_running(findings::ndjson_begin(report));
}

void VerifyReports::judged(
    const findings::Report& /*report*/,
    std::span<const findings::Finding> added,
    const verifier::VerifyProgress& /*progress*/
) {
    std::string text;
    for (const findings::Finding& finding : added) text += findings::ndjson_finding(finding);
    if (!text.empty()) places_.write_running(text);
}

Result<void> VerifyReports::finish(
    const findings::Report& report, const findings::TextOptions& options
) {
    places_.write_running(findings::ndjson_end(report));
    return places_.finish([&](std::size_t index) {
        return requested_[index].format->write(report, options);
    });
}

}  // namespace sfmkit::cli
