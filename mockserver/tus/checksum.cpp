#include "mockserver/tus/extensions.hpp"

namespace sfmkit::mockserver {
namespace {

constexpr std::string_view only_algorithm = "sha1";

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
    if (checksum->algorithm != only_algorithm) {
        return refuse(*rules.profile, Refusal::checksum_algorithm);
    }
    return std::nullopt;
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
    if (!checksum || checksum->digest == end.sha1) return std::nullopt;
    return refuse(*rules.profile, Refusal::checksum_mismatch);
}

}  // namespace sfmkit::mockserver
