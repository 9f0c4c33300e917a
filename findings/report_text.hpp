#pragma once

#include "findings/report.hpp"

#include <string>

/// Pieces of text that the long and the short report share.
namespace sfmkit::findings {

/// `VERDICT: target (reason) [RULE]`, the rule being the first that blocks.
std::string verdict_line(const Report& report);

/// Where a finding is, file first; empty when nobody knows more than the target.
std::string where(const Finding& finding);

/// Files, entries and documents that were looked at, and findings by severity.
std::string numbers_line(const Report& report);

/// How many inputs there are, and the digest over all of them.
std::string inputs_line(const Inputs& inputs);

/// RFC 3339 in UTC with milliseconds.
std::string timestamp(platform::WallTime time);

/// `1 file`, `2 files`.
std::string counted(std::uint64_t count, std::string_view what);

/// `once`, `2 times`.
std::string times(std::uint64_t count);

/// What was seen, or else what mistakes usually lead to such findings; may be empty.
std::string likely_cause(const Finding& finding, const Rule& rule);

/// The first error that is listed, or else the first finding; null when there is none.
const Finding* first_finding(const Report& report);

/// What to do next, as a command line where there is one. The arguments stand for `PATH --key KEY`
/// and so on.
std::string next_step(const Report& report, const std::string& arguments);

}  // namespace sfmkit::findings
