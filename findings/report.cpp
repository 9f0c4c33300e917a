#include "findings/report.hpp"

#include <fmt/format.h>

namespace sfmkit::findings {
namespace {

std::string errors(std::uint64_t count) {
    return fmt::format("{} error{}", count, count == 1 ? "" : "s");
}

/// Errors that decide, by who says so.
std::string blocking_errors(const Counts& counts) {
    std::string text;
    if (counts.blocked_by_published_source > 0) {
        text = errors(counts.blocked_by_published_source) + " against what NHN published";
    }
    if (counts.blocked_outright > 0) {
        if (!text.empty()) text += ", ";
        text += errors(counts.blocked_outright) + " that no reader gets past";
    }
    return text;
}

Verdict verdict_without_overrides(const Counts& counts, const std::string& cut_short) {
    using enum Conclusion;
    if (const std::string blocking = blocking_errors(counts); !blocking.empty()) {
        return {does_not_conform, blocking};
    }
    if (counts.key_in_doubt > 0) return {inconclusive, "the key does not fit the file"};
    // Whoever silences such a rule may go on, but nobody can call the export good.
    if (counts.muted > 0) {
        return {inconclusive, errors(counts.muted) + " that no reader gets past silenced"};
    }
    if (!cut_short.empty()) return {inconclusive, cut_short};
    if (counts.blocked_by_inference_only > 0) {
        return {
            inconclusive,
            errors(counts.blocked_by_inference_only) +
                " by inference only: nobody outside NHN knows whether these block"
        };
    }
    return {conforms, "no error in what was reached"};
}

}  // namespace

std::string_view name_of(Conclusion conclusion) noexcept {
    switch (conclusion) {
        case Conclusion::conforms:
            return "conforms";
        case Conclusion::does_not_conform:
            return "does not conform";
        case Conclusion::inconclusive:
            return "inconclusive";
    }
    return "inconclusive";
}

Verdict verdict_of(const Report& report) {
    Verdict verdict = verdict_without_overrides(report.counts, report.cut_short);
    if (report.interrupted && verdict.reason != report.cut_short) {
        verdict.reason += "; partial: " + report.cut_short;
    }
    if (!report.overrides.empty()) {
        verdict.reason += fmt::format(
            "; {} {} overridden",
            report.overrides.size(),
            report.overrides.size() == 1 ? "severity was" : "severities were"
        );
    }
    return verdict;
}

std::uint64_t RuleCount::of(Severity severity) const noexcept {
    switch (severity) {
        case Severity::error:
            return errors;
        case Severity::warning:
            return warnings;
        case Severity::info:
            return infos;
        case Severity::off:
            return 0;
    }
    return 0;
}

int exit_code_for(Conclusion conclusion) noexcept {
    switch (conclusion) {
        case Conclusion::conforms:
            return 0;
        case Conclusion::does_not_conform:
            return 1;
        case Conclusion::inconclusive:
            return 3;
    }
    return 3;
}

}  // namespace sfmkit::findings
