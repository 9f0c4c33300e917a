#pragma once

#include "findings/report.hpp"
#include "platform/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::findings {

/// Reads the file of `verify --severity` as docs/reports.md describes it: a rule id, blanks and one
/// of error, warning, info, off on each line; `#` begins a comment. The error names file and line.
platform::Result<std::vector<Override>> parse_severity_file(
    std::string_view text,
    const std::string& file,
    std::span<const Rule* const> catalogue,
    Profile profile
);

}  // namespace sfmkit::findings
