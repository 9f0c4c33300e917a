#pragma once

#include "findings/report.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sfmkit::findings {

struct TextOptions {
    std::uint64_t max_per_rule = 20;  ///< findings of a rule that are shown; 0: all
};

/// For people: verdict on the first line, findings grouped by rule, remedies, next command.
std::string text_report(const Report& report, const TextOptions& options = {});

/// For machines: one object as docs/report.schema.json describes, ended by a line feed.
std::string json_report(const Report& report, const TextOptions& options = {});

/// For machines that watch: one object a line as docs/ndjson.schema.json describes. The pieces
/// below, put together, are the same bytes.
std::string ndjson_report(const Report& report, const TextOptions& options = {});

/// The first line: what is known before the work begins.
std::string ndjson_begin(const Report& report);
std::string ndjson_finding(const Finding& finding);
/// The last line: verdict, numbers and gaps. Without it the run did not end.
std::string ndjson_end(const Report& report);

/// For CI systems: a suite for each family, a case for each rule, and one for the verdict.
std::string junit_report(const Report& report, const TextOptions& options = {});

/// For code scanning: a log of SARIF 2.1.0 (OASIS) with one run.
std::string sarif_report(const Report& report, const TextOptions& options = {});

/// For forges and wikis, with tables as GitHub draws them.
std::string markdown_report(const Report& report, const TextOptions& options = {});

/// For people: one page that loads nothing, to be kept or printed.
std::string html_report(const Report& report, const TextOptions& options = {});

struct ReportFormat {
    std::string_view name;  ///< as in `--report NAME=FILE`
    std::string (*write)(const Report& report, const TextOptions& options);
    bool while_running = false;  ///< written line by line, not at the end
};

/// The one list of report formats.
std::span<const ReportFormat> report_formats() noexcept;

/// Null when there is no such format.
const ReportFormat* report_format_named(std::string_view name) noexcept;

}  // namespace sfmkit::findings
