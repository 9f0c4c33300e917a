#pragma once

#include "findings/report.hpp"

#include <cstdint>
#include <span>

namespace sfmkit::verifier {

/// How far a run is.
struct VerifyProgress {
    std::uint64_t files = 0;  ///< to be judged
    std::uint64_t bytes = 0;  ///< of these files, as they were listed
    std::uint64_t files_judged = 0;
    std::uint64_t bytes_judged = 0;
};

/// Watches a run of verifying. All calls come from the thread that started the run, in the order
/// of the report, whatever else works in parallel.
class VerifyObserver {
  public:
    virtual ~VerifyObserver() = default;
    /// Before the first finding: the report holds what is known of the run itself.
    virtual void begun(const findings::Report& report, const VerifyProgress& progress) = 0;
    /// The folder or the next file is judged, and these findings were added to the report.
    virtual void judged(
        const findings::Report& report,
        std::span<const findings::Finding> added,
        const VerifyProgress& progress
    ) = 0;
};

}  // namespace sfmkit::verifier
