#include "client/upload/upload_plan.hpp"
#include "platform/random.hpp"
#include "tests/client/bad_plans.hpp"
#include "tests/client/plan_play.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::Errc;
using test::answer;
using test::created;
using test::no_answer;
using test::plan_input;
using test::play;
using test::Steps;
using test::stored;
using test::told;

/// A fault of the catalogue: what the server does, and what a good client asks for then.
struct FaultCase {
    const char* name;
    std::vector<Outcome> outcomes;
    Steps steps;
};

void PrintTo(const FaultCase& fault, std::ostream* stream) {
    *stream << fault.name;
}

class Fault : public testing::TestWithParam<FaultCase> {};

TEST_P(Fault, NextRequest_IsThatOfAGoodClient) {
    EXPECT_EQ(play(GetParam().outcomes), GetParam().steps);
}

INSTANTIATE_TEST_SUITE_P(
    ResumeAndOffset,
    Fault,
    testing::Values(
        FaultCase{
            "F01_reset_in_a_chunk",
            {created(), stored(1000), no_answer(), told(1300)},
            {"POST", "PATCH 0+1000", "PATCH 1000+1000", "HEAD", "PATCH 1300+1000"}
        },
        FaultCase{
            "F02_trouble_never_makes_a_second_upload",
            {created(), answer(500), told(0), answer(503), told(0), answer(423), told(0)},
            {"POST",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000"}
        },
        FaultCase{
            "F03_answer_lost_after_store",
            {created(), no_answer(Errc::connection_closed), told(1000)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 1000+1000"}
        },
        FaultCase{
            "F03_answer_of_the_last_chunk_lost",
            {created(), stored(1000), stored(2000), no_answer(Errc::timeout), told(2500)},
            {"POST", "PATCH 0+1000", "PATCH 1000+1000", "PATCH 2000+500", "HEAD", "done"}
        },
        FaultCase{
            "F04_partial_store",
            {created(), stored(700), stored(1700)},
            {"POST", "PATCH 0+1000", "PATCH 700+1000", "PATCH 1700+800"}
        },
        FaultCase{
            "F05_offset_beyond_what_was_sent",
            {created(), stored(1001), told(1001)},
            {"POST", "PATCH 0+1000", "HEAD", "refused"}
        },
        FaultCase{
            "F05_offset_beyond_the_file",
            {created(), stored(1000), stored(2000), stored(9999), told(9999)},
            {"POST", "PATCH 0+1000", "PATCH 1000+1000", "PATCH 2000+500", "HEAD", "refused"}
        },
        FaultCase{
            "F05_slip_of_one_answer_is_forgiven",
            {created(), stored(9999), told(1000)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 1000+1000"}
        },
        FaultCase{
            "F06_frozen_offset",
            {created(),
             stored(0),
             told(0),
             stored(0),
             told(0),
             stored(0),
             told(0),
             stored(0),
             told(0),
             stored(0)},
            {"POST",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "refused"}
        },
        FaultCase{
            "F07_F08_conflict",
            {created(), answer(409), told(400)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 400+1000"}
        },
        FaultCase{
            "F09_lock_told_as_conflict",
            {created(), answer(409), told(0), answer(409), told(0), stored(1000)},
            {"POST",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "HEAD",
             "PATCH 0+1000",
             "PATCH 1000+1000"}
        },
        FaultCase{
            "F10_locked_on_HEAD_too",
            {created(), answer(423), answer(423), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "HEAD", "PATCH 0+1000"}
        },
        FaultCase{
            "F11_other_length",
            {created(),
             no_answer(),
             answer(200, {{"Upload-Offset", "0"}, {"Upload-Length", "2400"}})},
            {"POST", "PATCH 0+1000", "HEAD", "refused"}
        },
        FaultCase{
            "F11_complete_too_early",
            {created(), no_answer(), answer(200, {{"Upload-Offset", "0"}, {"Upload-Length", "0"}})},
            {"POST", "PATCH 0+1000", "HEAD", "refused"}
        },
        FaultCase{
            "F12_HEAD_5xx_is_not_gone",
            {created(), no_answer(), answer(500), answer(502), answer(503), told(1000)},
            {"POST", "PATCH 0+1000", "HEAD", "HEAD", "HEAD", "HEAD", "PATCH 1000+1000"}
        },
        FaultCase{
            "F13_gone_on_PATCH",
            {created(), stored(1000), answer(404), created(), stored(1000)},
            {"POST", "PATCH 0+1000", "PATCH 1000+1000", "POST", "PATCH 0+1000", "PATCH 1000+1000"}
        },
        FaultCase{
            "F13_gone_on_HEAD",
            {created(), no_answer(), answer(410), created()},
            {"POST", "PATCH 0+1000", "HEAD", "POST", "PATCH 0+1000"}
        },
        FaultCase{
            "F13_once_only",
            {created(), answer(404), created(), answer(404)},
            {"POST", "PATCH 0+1000", "POST", "PATCH 0+1000", "refused"}
        },
        FaultCase{
            "F17_last_chunk_stored_in_part",
            {created(), stored(1000), stored(2000), stored(2300), stored(2500)},
            {"POST", "PATCH 0+1000", "PATCH 1000+1000", "PATCH 2000+500", "PATCH 2300+200", "done"}
        },
        FaultCase{
            "offset_rolled_back_by_a_restart",
            {created(), stored(1000), stored(2000), no_answer(), told(500), stored(1500)},
            {"POST",
             "PATCH 0+1000",
             "PATCH 1000+1000",
             "PATCH 2000+500",
             "HEAD",
             "PATCH 500+1000",
             "PATCH 1500+1000"}
        }
    ),
    [](const auto& row) { return row.param.name; }
);

INSTANTIATE_TEST_SUITE_P(
    RetryAndStatus,
    Fault,
    testing::Values(
        FaultCase{
            "F22_one_503",
            {created(), answer(503), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000"}
        },
        FaultCase{
            "F22_POST_without_answer", {no_answer(), created()}, {"POST", "POST", "PATCH 0+1000"}
        },
        FaultCase{"F27_400", {created(), answer(400)}, {"POST", "PATCH 0+1000", "refused"}},
        FaultCase{"F27_401", {created(), answer(401)}, {"POST", "PATCH 0+1000", "refused"}},
        FaultCase{"F27_403", {created(), answer(403)}, {"POST", "PATCH 0+1000", "refused"}},
        FaultCase{"F28_413", {created(), answer(413)}, {"POST", "PATCH 0+1000", "refused"}},
        FaultCase{"F27_415", {created(), answer(415)}, {"POST", "PATCH 0+1000", "refused"}},
        FaultCase{"F27_412_on_POST", {answer(412)}, {"POST", "refused"}},
        FaultCase{"POST_404_is_a_wrong_address", {answer(404)}, {"POST", "refused"}},
        FaultCase{
            "F29_408",
            {created(), answer(408), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000"}
        },
        FaultCase{
            "F29_429_on_every_request",
            {answer(429), created(), answer(429), answer(429), told(0)},
            {"POST", "POST", "PATCH 0+1000", "HEAD", "HEAD", "PATCH 0+1000"}
        },
        FaultCase{
            "F33_redirect_on_POST",
            {answer(307, {{"Location", "http://127.0.0.1:8080/other"}})},
            {"POST", "refused"}
        },
        FaultCase{
            "F33_redirect_on_PATCH",
            {created(), answer(301, {{"Location", "/x"}})},
            {"POST", "PATCH 0+1000", "refused"}
        },
        FaultCase{
            "F34_stalled_server",
            {created(), no_answer(Errc::timeout), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000"}
        },
        FaultCase{
            "F35_html_page_for_201",
            {answer(200, {{"Content-Type", "text/html"}})},
            {"POST", "refused"}
        },
        FaultCase{
            "F35_html_502",
            {created(), answer(502, {{"Content-Type", "text/html"}}), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000"}
        },
        FaultCase{
            "F36_HEAD_without_offset",
            {created(), no_answer(), answer(204), answer(200), told(1000)},
            {"POST", "PATCH 0+1000", "HEAD", "HEAD", "HEAD", "PATCH 1000+1000"}
        },
        FaultCase{
            "F36_PATCH_200_or_204_without_offset",
            {created(), answer(200), told(1000), answer(204), told(2000)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 1000+1000", "HEAD", "PATCH 2000+500"}
        },
        FaultCase{
            "F44_F45_checksum_mismatch",
            {created(), answer(460), told(0), stored(1000)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000", "PATCH 1000+1000"}
        },
        FaultCase{
            "F32_other_origin",
            {answer(201, {{"Location", "http://127.0.0.1:9/files/1"}})},
            {"POST", "refused"}
        },
        FaultCase{"no_Location", {answer(201)}, {"POST", "refused"}},
        FaultCase{
            "F48_lower_case_names",
            {answer(201, {{"location", "/files/1"}}), answer(204, {{"upload-offset", "1000"}})},
            {"POST", "PATCH 0+1000", "PATCH 1000+1000"}
        },
        FaultCase{
            "F47_signed_offset",
            {created(), answer(204, {{"Upload-Offset", "+1000"}}), told(1000)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 1000+1000"}
        }
    ),
    [](const auto& row) { return row.param.name; }
);

/// A known mistake, and the check that a good plan passes and the plan with the mistake fails.
struct MistakeCase {
    const char* name;
    test::Mistake mistake;
    std::vector<Outcome> outcomes;
    Steps good;
};

void PrintTo(const MistakeCase& mistake, std::ostream* stream) {
    *stream << mistake.name;
}

class KnownMistake : public testing::TestWithParam<MistakeCase> {};

TEST_P(KnownMistake, IsSeenByTheSameCheckThatAGoodPlanPasses) {
    const MistakeCase& mistake = GetParam();
    EXPECT_EQ(play(mistake.outcomes), mistake.good);
    platform::SeededRandom random(1);
    test::BadPlan bad(plan_input(), random, test::spoil_of(mistake.mistake));
    EXPECT_NE(play(bad, mistake.outcomes), mistake.good);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes,
    KnownMistake,
    testing::Values(
        MistakeCase{
            "F01_starts_again_at_0",
            test::Mistake::starts_again,
            {created(), stored(1000), no_answer(), told(1300)},
            {"POST", "PATCH 0+1000", "PATCH 1000+1000", "HEAD", "PATCH 1300+1000"}
        },
        MistakeCase{
            "F02_posts_for_each_retry",
            test::Mistake::creates_anew,
            {created(), no_answer(), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000"}
        },
        MistakeCase{
            "F03_skips_HEAD_after_an_unknown_outcome",
            test::Mistake::skips_asking,
            {created(), no_answer(), told(1000)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 1000+1000"}
        },
        MistakeCase{
            "F04_counts_its_own_bytes",
            test::Mistake::counts_own_bytes,
            {created(), stored(700)},
            {"POST", "PATCH 0+1000", "PATCH 700+1000"}
        },
        MistakeCase{
            "F29_takes_every_4xx_for_final",
            test::Mistake::gives_up_on_4xx,
            {created(), answer(460), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000"}
        },
        MistakeCase{
            "F45_takes_460_for_stored",
            test::Mistake::believes_460,
            {created(), answer(460), told(0)},
            {"POST", "PATCH 0+1000", "HEAD", "PATCH 0+1000"}
        }
    ),
    [](const auto& row) { return row.param.name; }
);

}  // namespace
}  // namespace sfmkit::client
