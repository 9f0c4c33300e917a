#include "client/upload/retry_policy.hpp"
#include "platform/random.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <set>

namespace sfmkit::client {
namespace {

using platform::Duration;

struct Row {
    int status;
    Decision create;
    Decision ask_offset;
    Decision send_chunk;
};

void PrintTo(const Row& row, std::ostream* stream) {
    *stream << row.status;
}

constexpr Decision take = Decision::take;
constexpr Decision ask = Decision::ask_offset;
constexpr Decision again = Decision::repeat;
constexpr Decision anew = Decision::new_upload;
constexpr Decision token = Decision::new_token;
constexpr Decision final_answer = Decision::give_up;

class RetryTable : public testing::TestWithParam<Row> {};

TEST_P(RetryTable, Status_MeansThisForEachRequest) {
    const Row& row = GetParam();
    EXPECT_EQ(decide(RequestKind::create, row.status), row.create);
    EXPECT_EQ(decide(RequestKind::ask_offset, row.status), row.ask_offset);
    EXPECT_EQ(decide(RequestKind::send_chunk, row.status), row.send_chunk);
}

// tus 1.0.0: 201 to POST, 200 or 204 to HEAD, 204 to PATCH; 404 and 410 mean a new upload; 409, 423
// and 460 say nothing about what was stored. RFC 9110: 408, 5xx may pass; RFC 6585: 429.
INSTANTIATE_TEST_SUITE_P(
    Statuses,
    RetryTable,
    testing::Values(
        Row{200, final_answer, take, ask},
        Row{201, take, again, ask},
        Row{202, final_answer, again, ask},
        Row{204, final_answer, take, take},
        Row{301, final_answer, final_answer, final_answer},
        Row{307, final_answer, final_answer, final_answer},
        Row{400, final_answer, final_answer, final_answer},
        Row{401, token, token, token},
        Row{403, final_answer, final_answer, final_answer},
        Row{404, final_answer, anew, anew},
        Row{408, again, again, ask},
        Row{409, again, again, ask},
        Row{410, final_answer, anew, anew},
        Row{412, final_answer, final_answer, final_answer},
        Row{413, final_answer, final_answer, final_answer},
        Row{415, final_answer, final_answer, final_answer},
        Row{423, again, again, ask},
        Row{429, again, again, ask},
        Row{460, again, again, ask},
        Row{499, final_answer, final_answer, final_answer},
        Row{500, again, again, ask},
        Row{502, again, again, ask},
        Row{503, again, again, ask},
        Row{507, again, again, ask},
        Row{520, again, again, ask}
    )
);

TEST(RetryPolicy, AChunk_IsNeverRepeatedWithoutAsking) {
    for (int status = 0; status < 1000; ++status) {
        EXPECT_NE(decide(RequestKind::send_chunk, status), Decision::repeat) << status;
        EXPECT_NE(decide(RequestKind::ask_offset, status), Decision::ask_offset) << status;
    }
    EXPECT_EQ(decide_without_answer(RequestKind::send_chunk), Decision::ask_offset);
    EXPECT_EQ(decide_without_answer(RequestKind::ask_offset), Decision::repeat);
    EXPECT_EQ(decide_without_answer(RequestKind::create), Decision::repeat);
}

TEST(RetryPolicy, Pauses_DifferBetweenClientsAndStayInTheirBounds) {
    const RetryLimits limits;
    std::set<Duration> seen;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        platform::SeededRandom random(seed);
        seen.insert(pause_after_failure(4, limits, random));
        EXPECT_LE(pause_after_failure(1000, limits, random), limits.longest_pause);
    }
    EXPECT_GT(seen.size(), 40U);
    EXPECT_GE(*seen.begin(), Duration(1000));
    EXPECT_LE(*seen.rbegin(), Duration(2000));
}

TEST(RetryPolicy, RetryAfter_IsReadInBothForms) {
    // Wed, 13 Oct 2021 13:12:00 GMT.
    const platform::WallTime now{std::chrono::seconds(1634130720)};
    EXPECT_EQ(parse_retry_after("0", now), Duration(0));
    EXPECT_EQ(parse_retry_after("120", now), Duration(120'000));
    EXPECT_EQ(parse_retry_after("Wed, 13 Oct 2021 13:12:30 GMT", now), Duration(30'000));
    EXPECT_EQ(parse_retry_after("Wed, 13 Oct 2021 13:00:00 GMT", now), Duration(0));
    EXPECT_GT(parse_retry_after("9223372036854775807", now), std::chrono::hours(24 * 365));
    for (const char* bad : {"", "-1", "1.5", "soon", "12 s", "Thu, 13 Oct 2021 13:12:30 GMT"}) {
        EXPECT_EQ(parse_retry_after(bad, now), std::nullopt) << bad;
    }
}

}  // namespace
}  // namespace sfmkit::client
