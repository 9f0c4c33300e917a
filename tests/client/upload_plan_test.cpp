#include "client/upload/upload_plan.hpp"

#include "platform/random.hpp"
#include "tests/client/plan_play.hpp"
#include "wire/http_date.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::Duration;
using platform::Errc;
using platform::WallTime;
using test::answer;
using test::created;
using test::no_answer;
using test::noon;
using test::plan_input;
using test::play;
using test::Steps;
using test::stored;
using test::text_of;
using test::told;
using Kind = Step::Kind;

constexpr std::uint64_t chunk = test::plan_chunk_bytes;

TEST(UploadPlan, NormalUpload_AsksNothingTwice) {
    EXPECT_EQ(
        play({created(), stored(1000), stored(2000), stored(2500)}),
        (Steps{"POST", "PATCH 0+1000", "PATCH 1000+1000", "PATCH 2000+500", "done"})
    );
}

TEST(UploadPlan, F19_FileOfNoBytes_IsPostedOnly) {
    EXPECT_EQ(play({created()}, plan_input(0)), (Steps{"POST", "done"}));
}

TEST(UploadPlan, F14_BegunUploadThatExpired_IsCreatedAnewWithoutAsking) {
    PlanInput input = plan_input();
    input.begun = BegunUpload{parse_url("http://127.0.0.1:8080/files/1").value(), noon, chunk};
    EXPECT_EQ(play({created()}, input), (Steps{"POST", "PATCH 0+1000"}));
    input.begun->expires = noon + std::chrono::seconds(1);
    EXPECT_EQ(play({told(2000)}, input), (Steps{"HEAD", "PATCH 2000+500"}));
}

TEST(UploadPlan, F15_BegunUpload_IsAskedAndContinued) {
    PlanInput input = plan_input();
    input.begun = BegunUpload{parse_url("http://127.0.0.1:8080/files/1").value(), {}, chunk};
    EXPECT_EQ(play({told(1700)}, input), (Steps{"HEAD", "PATCH 1700+800"}));
    EXPECT_EQ(play({told(2500)}, input), (Steps{"HEAD", "done"}));
    EXPECT_EQ(play({answer(404)}, input), (Steps{"HEAD", "POST"}));
    EXPECT_EQ(play({answer(503), told(0)}, input), (Steps{"HEAD", "HEAD", "PATCH 0+1000"}));
    EXPECT_EQ(play({told(2501)}, input), (Steps{"HEAD", "refused"}));
}

TEST(UploadPlan, F05_ChunkOfAnEarlierRunThatArrivesLate_IsBelieved) {
    PlanInput input = plan_input();
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
        UploadPlan plan(plan_input(), random);
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
    UploadPlan plan(plan_input(), random);
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
    PlanInput input = plan_input();
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
    UploadPlan plan(plan_input(), random);
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
    UploadPlan plan(plan_input(), random);
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
    UploadPlan plan(plan_input(), random);
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

TEST(UploadPlan, F14_UploadThatExpiresDuringAPause_IsCreatedAnewWithoutAsking) {
    const auto expiring = [](const char* expires) {
        return answer(201, {{"Location", "/files/1"}, {"Upload-Expires", expires}});
    };
    const Outcome busy = answer(503, {{"Retry-After", "30"}});
    // At noon, 13:12:00: one comes back from its pause in time, the other a second late.
    EXPECT_EQ(
        play({expiring("Wed, 13 Oct 2021 13:12:31 GMT"), busy}),
        (Steps{"POST", "PATCH 0+1000", "HEAD"})
    );
    EXPECT_EQ(
        play({expiring("Wed, 13 Oct 2021 13:12:30 GMT"), busy, created()}),
        (Steps{"POST", "PATCH 0+1000", "POST", "PATCH 0+1000"})
    );
    const Outcome late = expiring("Wed, 13 Oct 2021 13:12:30 GMT");
    EXPECT_EQ(play({late, busy, late, busy}).back(), "refused") << "a server that expires for ever";
}

PlanInput input_with_tokens() {
    PlanInput input = plan_input();
    input.sends_token = true;
    input.has_more_tokens = true;
    return input;
}

TEST(UploadPlan, F30_TokenThatRanOut_IsRenewedAndTheSameUploadGoesOn) {
    const Outcome refused = answer(401, {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}});
    EXPECT_EQ(
        play({refused, created(), refused, refused, told(400), stored(1400)}, input_with_tokens()),
        (Steps{"POST", "POST", "PATCH 0+1000", "HEAD", "HEAD", "PATCH 400+1000", "PATCH 1400+1000"})
    );
    EXPECT_EQ(play({refused}), (Steps{"POST", "refused"})) << "without a token";
    PlanInput only_one = input_with_tokens();
    only_one.has_more_tokens = false;
    EXPECT_EQ(play({refused}, only_one), (Steps{"POST", "run again"}));
}

TEST(UploadPlan, F30_ServerThatTakesNoToken_IsLeft) {
    const Outcome refused = answer(401);
    EXPECT_EQ(
        play({refused, refused, refused}, input_with_tokens()),
        (Steps{"POST", "POST", "POST", "run again"})
    );
    // It takes each new token for HEAD and none for PATCH.
    EXPECT_EQ(
        play({created(), refused, told(0), refused, told(0), refused}, input_with_tokens()).back(),
        "run again"
    );
}

TEST(UploadPlan, FruitlessRequestsInARow_BeginAnewWithTheUpload) {
    std::vector<Outcome> outcomes(11, answer(503));
    outcomes.push_back(created());
    outcomes.push_back(answer(503));
    EXPECT_EQ(play(outcomes).back(), "HEAD");
    outcomes.insert(outcomes.begin(), answer(503));
    EXPECT_EQ(play({outcomes.begin(), outcomes.begin() + 12}).back(), "run again");
}

TEST(UploadPlan, Expiry_IsCountedFromTheServersOwnClock) {
    platform::SeededRandom random(7);
    UploadPlan plan(plan_input(), random);
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

}  // namespace
}  // namespace sfmkit::client
