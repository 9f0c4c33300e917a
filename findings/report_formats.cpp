#include "findings/report_formats.hpp"

#include <array>

namespace sfmkit::findings {
namespace {

constexpr std::array<ReportFormat, 7> formats = {{
    {"text", text_report},
    {"json", json_report},
    {"ndjson", ndjson_report, true},
    {"junit", junit_report},
    {"sarif", sarif_report},
    {"markdown", markdown_report},
    {"html", html_report},
}};

}  // namespace

std::span<const ReportFormat> report_formats() noexcept {
    return formats;
}

const ReportFormat* report_format_named(std::string_view name) noexcept {
    for (const ReportFormat& format : formats) {
        if (format.name == name) return &format;
    }
    return nullptr;
}

}  // namespace sfmkit::findings
