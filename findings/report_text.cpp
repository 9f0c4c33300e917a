#include "findings/report_text.hpp"

#include "platform/printable.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::findings {
namespace {

std::string upper_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return result;
}

std::string describe(const Place& place) {
    std::string text;
    const auto add = [&](const std::string& part) {
        if (!text.empty()) text += ", ";
        text += part;
    };
    if (!place.entry.empty()) add(place.entry);
    if (place.byte_offset) add(fmt::format("byte {}", *place.byte_offset));
    if (place.line) {
        add(place.column ? fmt::format("line {} column {}", *place.line, *place.column)
                         : fmt::format("line {}", *place.line));
    }
    if (!place.xpath.empty()) add(place.xpath);
    return text;
}

}  // namespace

std::string timestamp(platform::WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
        fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
        (time - seconds).count()
    );
}

std::string inputs_line(const Inputs& inputs) {
    return fmt::format(
        "inputs: {}, {}, sha256 of all {}",
        counted(inputs.files, "file"),
        counted(inputs.bytes, "byte"),
        inputs.sha256
    );
}

std::string counted(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string times(std::uint64_t count) {
    return count == 1 ? "once" : fmt::format("{} times", count);
}

std::string verdict_line(const Report& report) {
    std::string line = fmt::format(
        "{}: {} ({})",
        upper_case(name_of(report.verdict.conclusion)),
        platform::printable(report.target),
        platform::printable(report.verdict.reason)
    );
    const Finding* const first = first_finding(report);
    const bool blocks = first != nullptr && first->severity == Severity::error;
    return blocks ? line + fmt::format(" [{}]", first->rule) : line;
}

std::string where(const Finding& finding) {
    const std::string place = describe(finding.place);
    if (finding.file.empty() || place.empty()) return finding.file + place;
    return finding.file + ": " + place;
}

std::string numbers_line(const Report& report) {
    return fmt::format(
        "{}, {} decrypted, {} zip entries, {}; {}, {}, {}; profile {}",
        counted(report.coverage.files, "file"),
        report.coverage.decrypted,
        report.coverage.entries,
        counted(report.coverage.documents, "document"),
        counted(report.counts.errors, "error"),
        counted(report.counts.warnings, "warning"),
        counted(report.counts.infos, "info"),
        name_of(report.profile)
    );
}

std::string likely_cause(const Finding& finding, const Rule& rule) {
    return finding.likely_cause.empty() ? std::string(rule.usual_cause) : finding.likely_cause;
}

const Finding* first_finding(const Report& report) {
    const auto error = std::ranges::find(report.findings, Severity::error, &Finding::severity);
    if (error != report.findings.end()) return &*error;
    return report.findings.empty() ? nullptr : &report.findings.front();
}

std::string next_step(const Report& report, const std::string& arguments) {
    const Finding* const first = first_finding(report);
    switch (report.verdict.conclusion) {
        case Conclusion::conforms:
            return "sfmkit upload EXPORT --url URL";
        case Conclusion::does_not_conform:
            return fmt::format(
                "fix {}, export again, then: sfmkit verify {}",
                first != nullptr ? first->rule : "it",
                arguments
            );
        case Conclusion::inconclusive:
            if (report.counts.key_in_doubt > 0 || report.key_missing) {
                return fmt::format(
                    "sfmkit verify {} --key RECIPIENT.key.pem", platform::printable(report.target)
                );
            }
            return report.cut_short.empty()
                       ? fmt::format("sfmkit verify {} --profile lenient", arguments)
                       : "see to what was not reached, then run this again";
    }
    return {};
}

}  // namespace sfmkit::findings
