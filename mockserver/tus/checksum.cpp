#include "mockserver/tus/extensions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace sfmkit::mockserver {
namespace {

std::optional<wire::Checksum> read_checksum(const Rules& rules, std::string_view text) {
    return rules.profile->reading == HeaderReading::dotnet ? wire::parse_checksum_as_tusdotnet(text)
                                                           : wire::parse_checksum_strictly(text);
}

/// Syntax and algorithm; the digest is judged when the body is there.
Refused judge_syntax(
    const Rules& rules, std::string_view text, std::optional<wire::Checksum>& checksum
) {
    checksum = read_checksum(rules, text);
    if (!checksum) return refuse(*rules.profile, Refusal::checksum_unreadable);
    const auto offered = rules.profile->checksum_algorithms;
    if (std::ranges::find(offered, checksum->algorithm) != offered.end()) return std::nullopt;
    const std::string names = fmt::format("{}", fmt::join(offered, ", "));
    return refuse(*rules.profile, Refusal::checksum_algorithm, {names});
}

}  // namespace

Refused judge_checksum_header(const Rules& rules, const wire::RequestHead& head, WritePlan& plan) {
    if (!rules.offers("checksum")) return std::nullopt;
    const auto text = head.fields.first(wire::tus::upload_checksum);
    // A trailer needs a chunked body; announced on any other body it never comes.
    plan.checksum_in_trailer = rules.offers("checksum-trailer") &&
                               head.framing == wire::BodyFraming::chunked &&
                               head.fields.has_token("Trailer", wire::tus::upload_checksum);
    if (!text) return std::nullopt;
    if (plan.checksum_in_trailer) return refuse(*rules.profile, Refusal::checksum_twice);
    return judge_syntax(rules, *text, plan.checksum);
}

Refused judge_digest(const Rules& rules, const WritePlan& plan, const WriteEnd& end) {
    std::optional<wire::Checksum> checksum = plan.checksum;
    if (plan.checksum_in_trailer) {
        // Announced and not sent: tusdotnet takes the body unverified (recorded).
        if (const auto text = end.trailers.first(wire::tus::upload_checksum)) {
            if (auto refused = judge_syntax(rules, *text, checksum)) return refused;
        }
    }
    if (!checksum) return std::nullopt;
    const auto digest = end.digests.find(checksum->algorithm);
    if (digest != end.digests.end() && checksum->digest == digest->second) return std::nullopt;
    return refuse(*rules.profile, Refusal::checksum_mismatch);
}

}  // namespace sfmkit::mockserver
