#pragma once

#include "cli/kept_evidence.hpp"

#include <iosfwd>

namespace sfmkit::cli {

/// HTTP Archive 1.2, one entry a request. Bodies of requests are not part of the evidence, so only
/// their sizes are told; what evidence says beyond HTTP stands in `_sfmkit` of each entry.
platform::Result<void> write_har(
    KeptEvidence& evidence, const mockserver::RequestQuery& query, std::ostream& output
);

}  // namespace sfmkit::cli
