#pragma once

#include "findings/report.hpp"

#include <span>
#include <string>
#include <string_view>

namespace sfmkit::findings {

/// For people: verdict on the first line, findings grouped by rule, remedies, next command.
std::string text_report(const Report& report);

/// For machines: one object as docs/report.schema.json describes, ended by a line feed.
std::string json_report(const Report& report);

struct ReportFormat {
    std::string_view name;  ///< as in `--report NAME=FILE`
    std::string (*write)(const Report& report);
};

/// The one list of report formats.
std::span<const ReportFormat> report_formats() noexcept;

/// Null when there is no such format.
const ReportFormat* report_format_named(std::string_view name) noexcept;

}  // namespace sfmkit::findings
