#pragma once

#include "cli/report_places.hpp"
#include "findings/report_formats.hpp"
#include "verifier/verify_observer.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sfmkit::cli {

/// A report that was asked for: which format, and where it goes.
struct RequestedReport {
    const findings::ReportFormat* format = nullptr;
    std::string file;  ///< `-` for the standard output
};

/// Of `FORMAT=FILE`.
platform::Result<RequestedReport> parse_report(const std::string& text);

/// Before anything is read: one report at most on the output, and none where it would change what
/// is judged or replace a file that is read.
platform::Result<void> check_places(
    const std::vector<RequestedReport>& reports,
    const std::string& target,
    const std::vector<std::string>& inputs
);

/// The reports of one run: made before the work, so that a place that cannot be written is told at
/// once; those that are written while it runs get their lines as files are judged.
class VerifyReports : public verifier::VerifyObserver {
  public:
    static platform::Result<std::unique_ptr<VerifyReports>> create(
        const std::vector<RequestedReport>& requested, World& world
    );

    void begun(const findings::Report& report, const verifier::VerifyProgress& progress) override;
    void judged(
        const findings::Report& report,
        std::span<const findings::Finding> added,
        const verifier::VerifyProgress& progress
    ) override;

    /// Writes the others and ends those that ran along. The first failure of any of them.
    platform::Result<void> finish(
        const findings::Report& report, const findings::TextOptions& options
    );

    /// Whether one of them goes to the standard output, which people do not read then.
    bool take_output() const noexcept { return places_.take_output(); }

  private:
    VerifyReports(std::vector<RequestedReport> requested, ReportPlaces places)
        : requested_(std::move(requested)), places_(std::move(places)) {}

    std::vector<RequestedReport> requested_;
    ReportPlaces places_;
};

}  // namespace sfmkit::cli
