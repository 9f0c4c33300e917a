#pragma once

#include "cli/kept_evidence.hpp"

#include <cstdint>
#include <string>

namespace sfmkit::cli {

/// What the comparison of two runs came to.
struct EvidenceDifference {
    std::uint64_t equal = 0;
    std::uint64_t different = 0;
    std::uint64_t only_first = 0;
    std::uint64_t only_second = 0;
    std::string first{};  ///< the first difference in a few lines; empty: none

    bool nothing_compared() const noexcept { return none() && equal == 0; }
    bool none() const noexcept { return different + only_first + only_second == 0; }
};

/// One side: a run of one folder.
struct EvidenceSide {
    KeptEvidence& evidence;
    std::uint64_t run = 0;
};

/// Compares request by request, ids, times and ports aside. Requests about uploads of the same
/// name stand against each other in their order; the order among different names does not count,
/// because uploads run side by side.
platform::Result<EvidenceDifference> compare(EvidenceSide first, EvidenceSide second);

}  // namespace sfmkit::cli
