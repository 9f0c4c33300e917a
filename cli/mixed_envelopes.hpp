#pragma once

#include "findings/report.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::cli {

/// Offsets inside an upload from which it was continued after its client had asked by HEAD.
using ResumedAt = std::function<std::vector<std::uint64_t>(const std::string& upload_id)>;

/// An exporter that encrypts a file anew when it continues its upload sends the beginning of one
/// envelope and the end of another: SFM-18. Nothing unless the upload was continued and the end of
/// the file cannot be read with what its beginning says.
std::optional<findings::Finding> find_mixed_envelopes(
    const findings::Report& report,
    const std::vector<std::uint64_t>& resumed_at,
    const std::string& file
);

/// Reads them out of the evidence of a data directory; none when there is no evidence.
ResumedAt resumed_in(const std::string& data_dir);

}  // namespace sfmkit::cli
