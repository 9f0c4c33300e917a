#pragma once

#include "platform/clock.hpp"
#include "platform/status_line.hpp"
#include "verifier/verify_observer.hpp"

#include <iosfwd>
#include <string>

namespace sfmkit::cli {

/// `475/2003 files  12 findings  53.1 files/s  29 s left`; rate and time when they say something.
/// Fits into 79 columns.
std::string print_verify_progress(
    const verifier::VerifyProgress& progress, std::uint64_t findings, platform::Duration elapsed
);

/// Shows on a terminal how far a run of verifying is, and hands all on to the next observer.
class VerifyProgressLine final : public verifier::VerifyObserver {
  public:
    VerifyProgressLine(
        std::ostream& stream, const platform::Clock& clock, verifier::VerifyObserver& next
    );
    ~VerifyProgressLine() override;
    VerifyProgressLine(const VerifyProgressLine&) = delete;
    VerifyProgressLine& operator=(const VerifyProgressLine&) = delete;

    void begun(const findings::Report& report, const verifier::VerifyProgress& progress) override;
    void judged(
        const findings::Report& report,
        std::span<const findings::Finding> added,
        const verifier::VerifyProgress& progress
    ) override;

  private:
    void show(const findings::Report& report, const verifier::VerifyProgress& progress);

    const platform::Clock& clock_;
    verifier::VerifyObserver& next_;
    platform::SteadyTime started_;
    platform::StatusLine status_;
};

}  // namespace sfmkit::cli
