#include "client/upload/retry_policy.hpp"

#include "platform/assert.hpp"
#include "wire/http_date.hpp"
#include "wire/tus_headers.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

struct Row {
    int first_status;
    int last_status;
    Decision create;
    Decision ask_offset;
    Decision send_chunk;
};

// The first row that holds the status counts. Rows end with one for all that is left.
constexpr std::array rows = {
    // Exactly the statuses of the tus specification are success: a page of a proxy or cache with
    // another 2xx says nothing about the upload. A POST is then not repeated, because each one may
    // make an upload.
    Row{200, 200, Decision::give_up, Decision::take, Decision::ask_offset},
    Row{201, 201, Decision::take, Decision::repeat, Decision::ask_offset},
    Row{204, 204, Decision::give_up, Decision::take, Decision::take},
    Row{202, 299, Decision::give_up, Decision::repeat, Decision::ask_offset},
    // Redirects are never followed: they turn methods, lose bodies and carry credentials away.
    Row{300, 399, Decision::give_up, Decision::give_up, Decision::give_up},
    // The access token has run out; the upload itself is as good as before.
    Row{401, 401, Decision::new_token, Decision::new_token, Decision::new_token},
    // Expired, deleted, or another server behind the same name.
    Row{404, 404, Decision::give_up, Decision::new_upload, Decision::new_upload},
    Row{410, 410, Decision::give_up, Decision::new_upload, Decision::new_upload},
    // Time-out, wrong offset or old lock, lock, too early, too many requests, checksum mismatch.
    Row{408, 409, Decision::repeat, Decision::repeat, Decision::ask_offset},
    Row{423, 423, Decision::repeat, Decision::repeat, Decision::ask_offset},
    Row{425, 425, Decision::repeat, Decision::repeat, Decision::ask_offset},
    Row{429, 429, Decision::repeat, Decision::repeat, Decision::ask_offset},
    Row{460, 460, Decision::repeat, Decision::repeat, Decision::ask_offset},
    Row{400, 499, Decision::give_up, Decision::give_up, Decision::give_up},
    Row{500, 599, Decision::repeat, Decision::repeat, Decision::ask_offset},
    Row{0, 999, Decision::repeat, Decision::repeat, Decision::ask_offset},
};

Decision column(const Row& row, RequestKind request) noexcept {
    switch (request) {
        case RequestKind::create:
            return row.create;
        case RequestKind::ask_offset:
            return row.ask_offset;
        case RequestKind::send_chunk:
            return row.send_chunk;
    }
    return row.send_chunk;
}

}  // namespace

Decision decide(RequestKind request, int status) noexcept {
    for (const Row& row : rows) {
        if (status >= row.first_status && status <= row.last_status) return column(row, request);
    }
    return column(rows.back(), request);
}

Decision decide_without_answer(RequestKind request) noexcept {
    return request == RequestKind::send_chunk ? Decision::ask_offset : Decision::repeat;
}

bool proves_nothing_was_created(int status) noexcept {
    return status >= 300 && status < 500;
}

platform::Duration pause_after_failure(
    unsigned failure, const RetryLimits& limits, platform::Random& random
) {
    SFM_ASSERT(failure > 0);
    platform::Duration longest = limits.first_pause;
    for (unsigned i = 1; i < failure && longest < limits.longest_pause; ++i) longest *= 2;
    longest = std::min(longest, limits.longest_pause);
    const auto half = longest / 2;
    const auto spread = static_cast<std::uint64_t>((longest - half).count()) + 1;
    const auto jitter = static_cast<platform::Duration::rep>(random.pick(spread));
    return half + platform::Duration(jitter);
}

std::optional<platform::Duration> parse_retry_after(
    std::string_view value, platform::WallTime now
) {
    constexpr std::uint64_t most_seconds = 1'000'000'000;
    if (const auto seconds = wire::parse_number_strictly(value)) {
        return std::chrono::seconds(std::min(*seconds, most_seconds));
    }
    const auto date = wire::parse_http_date(value);
    if (!date) return std::nullopt;
    return std::max(platform::Duration(0), platform::Duration(*date - now));
}

}  // namespace sfmkit::client
