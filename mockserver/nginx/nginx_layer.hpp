#pragma once

#include "mockserver/tus/answer.hpp"
#include "wire/http_codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// nginx 1.22 in front of a server, set up as ingress-nginx does it: what it answers itself and how
// it changes requests and answers on their way. Pure decisions; the session does the rest.

namespace sfmkit::mockserver::nginx {

/// Strict-Transport-Security as on the NHN page; the default of ingress-nginx at that time.
inline constexpr std::string_view transport_security = "max-age=15724800; includeSubDomains";

/// Longest request body that is taken.
inline constexpr std::uint64_t max_body_bytes = 1 << 20;
/// Longest head of an answer that the back end may give.
inline constexpr std::size_t max_answer_head_bytes = 4096;
/// Silence between two reads of a body after which the connection is closed.
inline constexpr std::int64_t body_timeout_ms = 60'000;

/// What nginx reads at most before it asks the back end.
wire::HttpLimits request_limits(const wire::HttpLimits& of_back_end);

/// An answer that nginx makes itself.
struct Refusal {
    int status = 0;
    /// The request was understood so far that the location's headers (HSTS) are added.
    bool in_location = false;
    /// Says that the head is too long, which the page tells in a line of its own.
    bool head_too_long = false;
};

/// The form of a head or body that was refused while reading it.
Refusal refusal_of_form(const wire::RequestReader& reader, bool in_body);
/// Nothing when the head goes on to the back end.
std::optional<Refusal> judge_head(const wire::RequestHead& head);
/// Status with which the back end refuses a head that nginx passes on; nothing when it takes it.
std::optional<int> back_end_refusal(
    const wire::RequestReader& reader, const wire::HttpLimits& of_back_end
);

/// The whole answer as bytes, page included; request: null when no head could be read.
std::string print_page(
    const Refusal& refusal, const wire::RequestHead* request, bool closing, platform::WallTime now
);

/// The answer of the back end as it comes out of nginx; a head that is too long becomes 502.
std::string print_passed_on(
    const Profile& profile,
    const Answer& answer,
    const wire::RequestHead& request,
    bool closing,
    platform::WallTime now
);

}  // namespace sfmkit::mockserver::nginx
