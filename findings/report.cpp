#include "findings/report.hpp"

#include <fmt/format.h>

namespace sfmkit::findings {
namespace {

std::string errors(std::uint64_t count) {
    return fmt::format("{} error{}", count, count == 1 ? "" : "s");
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

Verdict verdict_of(const Counts& counts, const std::string& cut_short) {
    using enum Conclusion;
    if (counts.blocked_by_published_source > 0) {
        return {
            does_not_conform,
            errors(counts.blocked_by_published_source) + " against what NHN published"
        };
    }
    if (counts.key_in_doubt > 0) return {inconclusive, "the key does not fit the file"};
    if (!cut_short.empty()) return {inconclusive, cut_short};
    if (counts.blocked_by_inference_only > 0) {
        return {
            inconclusive,
            errors(counts.blocked_by_inference_only) +
                " by inference only: nobody outside NHN knows whether these block"
        };
    }
    return {conforms, "no rule that was reached is broken"};
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
