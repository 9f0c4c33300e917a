#pragma once

#include "platform/clock.hpp"
#include "platform/random.hpp"

#include <optional>
#include <string_view>

namespace sfmkit::client {

/// The requests of an upload: POST, HEAD, PATCH.
enum class RequestKind { create, ask_offset, send_chunk };

/// What an answer, or its absence, means for the upload.
enum class Decision {
    take,        ///< as hoped: its headers say how to go on
    ask_offset,  ///< nobody knows what was stored: pause, then HEAD
    repeat,      ///< pause, then the same request
    new_upload,  ///< the upload is gone: create another
    new_token,   ///< fetch another access token, then go on with the same upload
    give_up      ///< final for this file
};

/// How often and how long. One file makes at most `tries` fruitless requests in a row.
struct RetryLimits {
    unsigned tries = 12;
    /// Applies instead while no server has ever answered: then the address is the likely cause.
    unsigned tries_before_first_answer = 6;
    /// 204 answers in a row that do not move the offset.
    unsigned frozen_offsets = 5;
    /// New access tokens in a row without progress.
    unsigned new_tokens = 2;
    platform::Duration first_pause{250};
    platform::Duration longest_pause{30'000};
    /// A server that asks for more is asked again in another run.
    platform::Duration longest_retry_after{600'000};
};

/// The table: status × request.
Decision decide(RequestKind request, int status) noexcept;
/// No answer came: no connection, a reset, an early end, a deadline.
Decision decide_without_answer(RequestKind request) noexcept;
/// True when an answer proves that a POST made no upload; without that proof one may be left over.
bool proves_nothing_was_created(int status) noexcept;

/// Doubles from first_pause to longest_pause; the upper half of it is random, so that clients that
/// failed together do not come back together. failure counts from 1. One draw from random.
platform::Duration pause_after_failure(
    unsigned failure, const RetryLimits& limits, platform::Random& random
);

/// The value of Retry-After as a pause from now on (RFC 9110 section 10.2.3): seconds or a date.
/// Nothing when it is neither; zero for a date that has passed.
std::optional<platform::Duration> parse_retry_after(std::string_view value, platform::WallTime now);

}  // namespace sfmkit::client
