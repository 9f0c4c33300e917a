#include "cli/verify_progress.hpp"

#include "client/upload/progress.hpp"

#include <fmt/format.h>

namespace sfmkit::cli {
namespace {

/// Before this much time a rate says nothing.
constexpr platform::Duration shortest_rate{500};

}  // namespace

std::string print_verify_progress(
    const verifier::VerifyProgress& progress, std::uint64_t findings, platform::Duration elapsed
) {
    std::string text = fmt::format(
        "{}/{} files  {} finding{}",
        progress.files_judged,
        progress.files,
        findings,
        findings == 1 ? "" : "s"
    );
    if (elapsed < shortest_rate || progress.files_judged == 0) return text;
    const double seconds = static_cast<double>(elapsed.count()) / 1000;
    text += fmt::format("  {:.1f} files/s", static_cast<double>(progress.files_judged) / seconds);
    // By bytes: one huge patient takes as long as many small ones.
    const double rate = static_cast<double>(progress.bytes_judged) / seconds;
    if (rate < 1 || progress.bytes_judged >= progress.bytes) return text;
    const auto left = static_cast<double>(progress.bytes - progress.bytes_judged) / rate;
    return text + "  " + client::print_time_left(static_cast<std::uint64_t>(left) + 1);
}

VerifyProgressLine::VerifyProgressLine(
    std::ostream& stream, const platform::Clock& clock, verifier::VerifyObserver& next
)
    : clock_(clock), next_(next), started_(clock.steady_now()), status_(stream) {}

VerifyProgressLine::~VerifyProgressLine() {
    status_.wipe();
}

void VerifyProgressLine::begun(
    const findings::Report& report, const verifier::VerifyProgress& progress
) {
    next_.begun(report, progress);
    show(report, progress);
}

void VerifyProgressLine::judged(
    const findings::Report& report,
    std::span<const findings::Finding> added,
    const verifier::VerifyProgress& progress
) {
    next_.judged(report, added, progress);
    show(report, progress);
}

void VerifyProgressLine::show(
    const findings::Report& report, const verifier::VerifyProgress& progress
) {
    const platform::SteadyTime now = clock_.steady_now();
    if (!status_.is_due(now)) return;
    const findings::Counts& counts = report.counts;
    const std::uint64_t findings = counts.errors + counts.warnings + counts.infos;
    const auto elapsed = std::chrono::floor<platform::Duration>(now - started_);
    status_.draw(print_verify_progress(progress, findings, elapsed), now);
}

}  // namespace sfmkit::cli
