#include "cli/finding_log.hpp"

#include <fmt/format.h>

#include <ostream>

namespace sfmkit::cli {
namespace {

constexpr std::uint64_t most_told = 5;

}  // namespace

void FindingLog::found(const findings::Finding& finding, const mockserver::FoundAt&) {
    const std::uint64_t times = ++times_[finding.rule];
    if (times > most_told) return;
    const std::string& field = finding.place.entry;
    output_ << fmt::format(
                   "{}: {}: {}{}{}; expected {}, got {}{}{}{} [{}]\n",
                   findings::name_of(finding.severity),
                   finding.file,
                   field,
                   field.empty() ? "" : ": ",
                   finding.message,
                   finding.expected,
                   finding.actual,
                   finding.next.empty() ? "" : "; next: ",
                   finding.next,
                   times == most_told ? "; further ones are counted" : "",
                   finding.rule
               )
            << std::flush;
}

void FindingLog::tell_counts() {
    for (const auto& [rule, times] : times_) {
        if (times <= most_told) continue;
        output_ << fmt::format("found {} times in all [{}]\n", times, rule);
    }
    output_ << std::flush;
}

}  // namespace sfmkit::cli
