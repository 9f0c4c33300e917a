#include "client/upload/upload_plan.hpp"

#include "platform/random.hpp"
#include "tests/client/bad_plans.hpp"
#include "wire/http_date.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::Duration;
using platform::Errc;
using platform::WallTime;
using Kind = Step::Kind;

constexpr std::uint64_t chunk = 1000;
constexpr std::uint64_t size = 2500;
const WallTime noon{std::chrono::seconds(1634130720)};

Outcome answer(int status, std::vector<std::pair<std::string, std::string>> fields = {}) {
    wire::ResponseHead head;
    head.status = status;
    for (const auto& [name, value] : fields) head.fields.add(name, value);
    return {std::move(head), ""};
}

Outcome no_answer(Errc code = Errc::connection_reset) {
    return {std::unexpected(platform::Error{.code = code, .what = "no answer"}), ""};
}

Outcome created() {
    return answer(201, {{"Location", "/files/1"}});
}
Outcome told(std::uint64_t offset) {
    return answer(
        200, {{"Upload-Offset", std::to_string(offset)}, {"Upload-Length", std::to_string(size)}}
    );
}
Outcome stored(std::uint64_t offset) {
    return answer(204, {{"Upload-Offset", std::to_string(offset)}});
}

/// What a step asks for, as text: `POST`, `HEAD`, `PATCH 0+1000`, `done`, `refused`, `run again`.
std::string text_of(const Step& step) {
    switch (step.kind) {
        case Kind::create:
            return "POST";
        case Kind::ask_offset:
            return "HEAD";
        case Kind::send_chunk:
            return "PATCH " + std::to_string(step.offset) + "+" + std::to_string(step.length);
        case Kind::done:
            return "done";
        case Kind::give_up:
            return step.failure->run_again ? "run again" : "refused";
    }
    return "";
}

PlanInput input_of(std::uint64_t size_bytes = size) {
    PlanInput input;
    input.service = parse_url("http://127.0.0.1:8080/files").value();
    input.size_bytes = size_bytes;
    input.chunk_bytes = chunk;
    return input;
}

/// Plays outcomes to a plan and writes down what it asks for.
std::vector<std::string> play(Plan& plan, const std::vector<Outcome>& outcomes) {
    std::vector<std::string> steps = {text_of(plan.start(noon))};
    for (const Outcome& outcome : outcomes) steps.push_back(text_of(plan.after(outcome, noon)));
    return steps;
}

std::vector<std::string> play(const std::vector<Outcome>& outcomes, PlanInput input = input_of()) {
    platform::SeededRandom random(1);
    UploadPlan plan(std::move(input), random);
    return play(plan, outcomes);
}

using Steps = std::vector<std::string>;

TEST(UploadPlan, NormalUpload_AsksNothingTwice) {
    EXPECT_EQ(
        play({created(), stored(1000), stored(2000), stored(2500)}),
        (Steps{"POST", "PATCH 0+1000", "PATCH 1000+1000", "PATCH 2000+500", "done"})
    );
}

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
    [](const auto& info) { return info.param.name; }
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
    [](const auto& info) { return info.param.name; }
);

TEST(UploadPlan, F19_FileOfNoBytes_IsPostedOnly) {
    EXPECT_EQ(play({created()}, input_of(0)), (Steps{"POST", "done"}));
}

TEST(UploadPlan, F14_BegunUploadThatExpired_IsCreatedAnewWithoutAsking) {
    PlanInput input = input_of();
    input.begun = BegunUpload{parse_url("http://127.0.0.1:8080/files/1").value(), noon, chunk};
    EXPECT_EQ(play({created()}, input), (Steps{"POST", "PATCH 0+1000"}));
    input.begun->expires = noon + std::chrono::seconds(1);
    EXPECT_EQ(play({told(2000)}, input), (Steps{"HEAD", "PATCH 2000+500"}));
}

TEST(UploadPlan, F15_BegunUpload_IsAskedAndContinued) {
    PlanInput input = input_of();
    input.begun = BegunUpload{parse_url("http://127.0.0.1:8080/files/1").value(), {}, chunk};
    EXPECT_EQ(play({told(1700)}, input), (Steps{"HEAD", "PATCH 1700+800"}));
    EXPECT_EQ(play({told(2500)}, input), (Steps{"HEAD", "done"}));
    EXPECT_EQ(play({answer(404)}, input), (Steps{"HEAD", "POST"}));
    EXPECT_EQ(play({answer(503), told(0)}, input), (Steps{"HEAD", "HEAD", "PATCH 0+1000"}));
    EXPECT_EQ(play({told(2501)}, input), (Steps{"HEAD", "refused"}));
}

TEST(UploadPlan, F05_ChunkOfAnEarlierRunThatArrivesLate_IsBelieved) {
    PlanInput input = input_of();
    input.begun = BegunUpload{parse_url("http://127.0.0.1:8080/files/1").value(), {}, chunk};
    EXPECT_EQ(
        play({told(0), answer(409), told(900)}, input),
        (Steps{"HEAD", "PATCH 0+1000", "HEAD", "PATCH 900+1000"})
    );
    EXPECT_EQ(
        play({told(0), answer(409), told(1900)}, input),
        (Steps{"HEAD", "PATCH 0+1000", "HEAD", "refused"})
    );
}

TEST(UploadPlan, F24_PermanentTrouble_EndsAfterTheLimit) {
    for (const Outcome& outcome : {answer(503), no_answer(), answer(429)}) {
        platform::SeededRandom random(1);
        UploadPlan plan(input_of(), random);
        Step step = plan.start(noon);
        unsigned requests = 0;
        while (step.kind != Kind::give_up) {
            ASSERT_LT(++requests, 21U);
            step = plan.after(outcome, noon);
        }
        EXPECT_TRUE(step.failure->run_again);
        EXPECT_EQ(requests, RetryLimits{}.tries);
    }
}

TEST(UploadPlan, F24_ServerThatTakesAndLosesForEver_IsLeft) {
    platform::SeededRandom random(1);
    UploadPlan plan(input_of(), random);
    plan.start(noon);
    Step step = plan.after(created(), noon);
    unsigned rounds = 0;
    while (step.kind != Kind::give_up) {
        ASSERT_LT(++rounds, 50U);
        step = plan.after(stored(1000), noon);
        step = plan.after(no_answer(), noon);
        if (step.kind == Kind::ask_offset) step = plan.after(told(0), noon);
    }
    EXPECT_TRUE(step.failure->run_again);
}

TEST(UploadPlan, FirstContact_WhenNobodyAnswers_EndsSooner) {
    PlanInput input = input_of();
    input.first_contact = true;
    platform::SeededRandom random(1);
    UploadPlan plan(input, random);
    Step step = plan.start(noon);
    unsigned requests = 0;
    while (step.kind != Kind::give_up) {
        ASSERT_LT(++requests, 21U);
        step = plan.after(no_answer(Errc::unreachable), noon);
    }
    EXPECT_EQ(requests, RetryLimits{}.tries_before_first_answer);
}

TEST(UploadPlan, F23_Pauses_GrowWithJitterUpToTheLimit) {
    platform::SeededRandom random(7);
    UploadPlan plan(input_of(), random);
    plan.start(noon);
    Duration longest(250);
    for (int i = 0; i < 11; ++i) {
        const Step step = plan.after(answer(503), noon);
        EXPECT_GE(step.pause, longest / 2);
        EXPECT_LE(step.pause, longest);
        longest = std::min(longest * 2, Duration(30'000));
    }
}

TEST(UploadPlan, F23_PausesStartAnew_WhenTheOffsetMoved) {
    platform::SeededRandom random(7);
    UploadPlan plan(input_of(), random);
    plan.start(noon);
    plan.after(created(), noon);
    for (int i = 0; i < 6; ++i) {
        plan.after(answer(503), noon);
        plan.after(told(0), noon);
    }
    EXPECT_EQ(text_of(plan.after(stored(1000), noon)), "PATCH 1000+1000");
    EXPECT_LE(plan.after(answer(503), noon).pause, Duration(250));
}

TEST(UploadPlan, F25_RetryAfter_IsWaitedFor) {
    platform::SeededRandom random(7);
    UploadPlan plan(input_of(), random);
    plan.start(noon);
    EXPECT_EQ(plan.after(answer(503, {{"Retry-After", "7"}}), noon).pause, Duration(7000));
    const auto later = std::chrono::floor<std::chrono::seconds>(noon) + std::chrono::seconds(40);
    const Outcome dated = answer(429, {{"Retry-After", wire::print_http_date(later)}});
    EXPECT_EQ(plan.after(dated, noon).pause, Duration(40'000));
    EXPECT_LT(plan.after(answer(503, {{"Retry-After", "soon"}}), noon).pause, Duration(2000));
    const Step step = plan.after(answer(503, {{"Retry-After", "86400"}}), noon);
    ASSERT_EQ(step.kind, Kind::give_up);
    EXPECT_TRUE(step.failure->run_again);
}

TEST(UploadPlan, Expiry_IsCountedFromTheServersOwnClock) {
    platform::SeededRandom random(7);
    UploadPlan plan(input_of(), random);
    plan.start(noon);
    // The exchange captured by NHN: five hours. Our clock is one year ahead.
    const WallTime ours = noon + std::chrono::hours(24 * 365);
    const Step step = plan.after(
        answer(
            201,
            {{"Location", "/files/1"},
             {"Date", "Wed, 13 Oct 2021 13:12:00 GMT"},
             {"Upload-Expires", "Wed, 13 Oct 2021 18:12:00 GMT"}}
        ),
        ours
    );
    EXPECT_EQ(step.expires, ours + std::chrono::hours(5));
}

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
    test::BadPlan bad(
        std::make_unique<UploadPlan>(input_of(), random), mistake.mistake, size, chunk
    );
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
    [](const auto& info) { return info.param.name; }
);

}  // namespace
}  // namespace sfmkit::client
