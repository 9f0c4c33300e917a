#include "cli/verify_reports.hpp"

#include "platform/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace sfmkit::cli {
namespace {

using platform::Result;

constexpr std::string_view standard_output = "-";

/// A device, pipe or link is written as it stands: a file put in its place would remove it.
Result<bool> is_written_in_place(World& world, const RequestedReport& report) {
    if (report.format->while_running) return true;
    const auto status = world.files.status(report.file);
    if (!status) return platform::fail(status.error());
    const auto& found = *status;
    return found && (found->kind == platform::FileKind::other ||
                     found->kind == platform::FileKind::symbolic_link);
}

bool is_output(const RequestedReport& report) {
    return report.file == standard_output;
}

}  // namespace

Result<RequestedReport> parse_report(const std::string& text) {
    const std::size_t equals = text.find('=');
    const auto* const format = findings::report_format_named(text.substr(0, equals));
    if (format != nullptr && equals != std::string::npos && equals + 1 < text.size()) {
        return RequestedReport{.format = format, .file = text.substr(equals + 1)};
    }
    std::string names;
    for (const findings::ReportFormat& known : findings::report_formats()) {
        if (!names.empty()) names += " or ";
        names += fmt::format("{}=FILE", known.name);
    }
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "no such report",
        .where = "--report " + text,
        .expected = names,
        .next = "sfmkit verify --help",
    });
}

Result<void> check_places(
    const std::vector<RequestedReport>& reports,
    const std::string& target,
    const std::vector<std::string>& inputs
) {
    const auto refuse = [](const std::string& file, const char* what, const char* expected) {
        return platform::fail({
            .code = platform::Errc::usage,
            .what = what,
            .where = "--report " + file,
            .expected = expected,
            .next = "sfmkit verify --help",
        });
    };
    std::vector<std::string> taken;
    for (const RequestedReport& requested : reports) {
        const std::string& file = requested.file;
        if (std::ranges::find(taken, file) != taken.end()) {
            return is_output(requested)
                       ? refuse(
                             file, "two reports on the standard output", "a file for one of them"
                         )
                       : refuse(file, "two reports in the same file", "a file for each");
        }
        taken.push_back(file);
        if (is_output(requested)) continue;
        if (platform::is_at_or_below(file, target)) {
            return refuse(file, "the report would lie in what is judged", "another place");
        }
        for (const std::string& input : inputs) {
            if (input.empty() || !platform::is_at_or_below(file, input)) continue;
            return refuse(file, "the report would replace a file that is read", "another name");
        }
    }
    return {};
}

Result<std::unique_ptr<VerifyReports>> VerifyReports::create(
    const std::vector<RequestedReport>& requested, World& world
) {
    std::unique_ptr<VerifyReports> reports(new VerifyReports(world));
    const auto refuse = [](platform::Error error) {
        if (error.next.empty()) error.next = "name a place that can be written";
        return platform::fail(std::move(error));
    };
    for (const RequestedReport& report : requested) {
        Place& place = reports->places_.emplace_back();
        place.requested = report;
        if (is_output(report)) continue;
        const auto in_place = is_written_in_place(world, report);
        if (!in_place) return refuse(in_place.error());
        if (*in_place) {
            auto file = world.files.create(
                report.file, platform::Existing::replace, platform::Access::everybody
            );
            if (!file) return refuse(file.error());
            place.running = std::move(*file);
            continue;
        }
        auto file = client::PendingFile::create(
            world.files, report.file, platform::Existing::replace, platform::Access::everybody
        );
        if (!file) return refuse(file.error());
        place.at_end.emplace(std::move(*file));
    }
    return reports;
}

bool VerifyReports::take_output() const noexcept {
    return std::ranges::any_of(places_, [](const Place& place) {
        return is_output(place.requested);
    });
}

void VerifyReports::begun(
    const findings::Report& report, const verifier::VerifyProgress& /*progress*/
) {
    write_running(findings::ndjson_begin(report));
}

void VerifyReports::judged(
    const findings::Report& /*report*/,
    std::span<const findings::Finding> added,
    const verifier::VerifyProgress& /*progress*/
) {
    std::string text;
    for (const findings::Finding& finding : added) text += findings::ndjson_finding(finding);
    if (!text.empty()) write_running(text);
}

void VerifyReports::write_running(const std::string& text) {
    for (Place& place : places_) {
        if (!place.requested.format->while_running) continue;
        if (!place.running) {
            world_.output << text << std::flush;
            continue;
        }
        auto written = place.running->append(platform::as_bytes(text));
        if (!written && failure_) failure_ = std::move(written);
    }
}

Result<void> VerifyReports::finish(
    const findings::Report& report, const findings::TextOptions& options
) {
    write_running(findings::ndjson_end(report));
    for (Place& place : places_) {
        Result<void> written;
        if (place.running) {
            if (!place.requested.format->while_running) {
                const std::string text = place.requested.format->write(report, options);
                written = place.running->append(platform::as_bytes(text));
            }
            auto closed = place.running->close();
            if (written) written = std::move(closed);
        } else if (place.at_end) {
            const std::string text = place.requested.format->write(report, options);
            written = place.at_end->file().append(platform::as_bytes(text));
            if (written) written = place.at_end->commit(platform::Durability::process);
        } else if (!place.requested.format->while_running) {
            world_.output << place.requested.format->write(report, options);
        }
        if (!written && failure_) failure_ = std::move(written);
    }
    if (failure_ && take_output() && !world_.output.flush()) {
        failure_ = platform::fail({
            .code = platform::Errc::input_output,
            .what = "the standard output takes no more bytes",
            .where = "--report -",
            .next = "write the report to a file",
        });
    }
    return failure_;
}

}  // namespace sfmkit::cli
