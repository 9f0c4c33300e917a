#pragma once

#include "wire/http_codec.hpp"
#include "wire/http_head_block.hpp"

#include <optional>
#include <vector>

/// The judge of heads: what a policy refuses or lets pass before a parser sees it. Inside of the
/// codec; others use http_codec.hpp.
namespace sfmkit::wire {

struct Verdict {
    std::optional<FramingFault> refusal;
    std::vector<FramingFault> tolerated;
    /// Behind nginx: it passes the request on, and the server there refuses it.
    std::optional<FramingFault> back_end_refusal;
};

Verdict judge_request(const RawHead& head, FramingReader reader);
Verdict judge_trailers(const RawHead& trailers, FramingReader reader);

/// The fields that nginx does not drop for their name.
HeaderFields passed_on_by_nginx(const HeaderFields& fields);

/// How the body ends, for a head that was not refused.
struct BodyEnd {
    BodyFraming framing = BodyFraming::none;
    std::uint64_t content_length = 0;
};

/// Nothing when Content-Length or Transfer-Encoding cannot be understood.
std::optional<BodyEnd> find_body_end(const HeaderFields& fields);

}  // namespace sfmkit::wire
