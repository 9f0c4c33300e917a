#pragma once

#include "cli/kept_evidence.hpp"

#include <iosfwd>

namespace sfmkit::cli {

/// For people: a line for each run, each request and each finding about no request.
platform::Result<void> write_log(
    KeptEvidence& evidence, const mockserver::RequestQuery& query, std::ostream& output
);
/// For machines: the same as one JSON object a line; `kind` is run, request or finding.
platform::Result<void> write_json_log(
    KeptEvidence& evidence, const mockserver::RequestQuery& query, std::ostream& output
);

}  // namespace sfmkit::cli
