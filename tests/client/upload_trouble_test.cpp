#include "tests/client/upload_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

namespace sfmkit::client {
namespace {

using test::FakeAnswer;
using test::Trouble;
using World = test::UploadWorldInMemory;

/// Trouble with one request of an upload of three chunks, and the requests that follow.
struct TroubleCase {
    const char* name;
    const char* method;
    unsigned nth;
    Trouble trouble;
    const char* trace;
};

void PrintTo(const TroubleCase& fault, std::ostream* stream) {
    *stream << fault.name;
}

class OneTrouble : public testing::TestWithParam<TroubleCase> {};

TEST_P(OneTrouble, Upload_RecoversAsAGoodClientDoes) {
    const TroubleCase& fault = GetParam();
    World world;
    world.add_export(2500, 0, 0);
    world.server.on(fault.method, fault.nth, fault.trouble);
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 1U);
    world.expect_everything_arrived_once();
    EXPECT_EQ(world.server.trace(), fault.trace);
}

constexpr const char* asked_and_sent_again =
    "POST 201, PATCH@0+1000 204, PATCH@1000+1000 -, HEAD 200, PATCH@1000+1000 204, "
    "PATCH@2000+500 204";

INSTANTIATE_TEST_SUITE_P(
    Kinds,
    OneTrouble,
    testing::Values(
        TroubleCase{
            "F01_reset_in_the_body",
            "PATCH",
            2,
            {.break_after_body_bytes = 400},
            asked_and_sent_again
        },
        TroubleCase{
            "F01_reset_in_the_body_part_kept",
            "PATCH",
            2,
            {.break_after_body_bytes = 400, .keep_body_bytes = 300},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 -, HEAD 200, PATCH@1300+1000 204, "
            "PATCH@2300+200 204"
        },
        TroubleCase{
            "F01_end_in_the_body",
            "PATCH",
            2,
            {.break_after_body_bytes = 400, .close_in_order = true},
            asked_and_sent_again
        },
        TroubleCase{
            "F03_answer_lost_after_store",
            "PATCH",
            2,
            {.lose_answer = true},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 -, HEAD 200, PATCH@2000+500 204"
        },
        TroubleCase{
            "F18_last_answer_lost",
            "PATCH",
            3,
            {.lose_answer = true, .close_in_order = true},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 204, PATCH@2000+500 -, HEAD 200"
        },
        TroubleCase{
            "F04_stored_in_part",
            "PATCH",
            1,
            {.keep_body_bytes = 600, .store_part_only = true},
            "POST 201, PATCH@0+1000 204, PATCH@600+1000 204, PATCH@1600+900 204"
        },
        TroubleCase{
            "F07_conflict",
            "PATCH",
            2,
            {.instead = FakeAnswer{409}},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 409, HEAD 200, PATCH@1000+1000 204, "
            "PATCH@2000+500 204"
        },
        TroubleCase{
            "F10_locked",
            "PATCH",
            2,
            {.instead = FakeAnswer{423}},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 423, HEAD 200, PATCH@1000+1000 204, "
            "PATCH@2000+500 204"
        },
        TroubleCase{
            "F13_upload_lost",
            "PATCH",
            2,
            {.forget_upload = true},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 404, POST 201, PATCH@0+1000 204, "
            "PATCH@1000+1000 204, PATCH@2000+500 204"
        },
        TroubleCase{
            "F34_silence",
            "PATCH",
            2,
            {.lose_answer = true, .delay = std::chrono::minutes(10)},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 -, HEAD 200, PATCH@2000+500 204"
        },
        TroubleCase{
            "F34_dripping_head",
            "PATCH",
            2,
            {.drip_answer = 1},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 204, HEAD 200, PATCH@2000+500 204"
        },
        TroubleCase{
            "F35_html_page",
            "PATCH",
            2,
            {.instead = FakeAnswer{502, {{"Content-Type", "text/html"}}, "<html>Bad Gateway</html>"}
            },
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 502, HEAD 200, PATCH@1000+1000 204, "
            "PATCH@2000+500 204"
        },
        TroubleCase{
            "F36_204_without_tus",
            "PATCH",
            2,
            {.after = FakeAnswer{204}},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 204, HEAD 200, PATCH@2000+500 204"
        },
        TroubleCase{
            "F44_checksum_mismatch",
            "PATCH",
            2,
            {.corrupt = true},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 460, HEAD 200, PATCH@1000+1000 204, "
            "PATCH@2000+500 204"
        },
        TroubleCase{
            "answer_cut_in_the_head",
            "PATCH",
            2,
            {.cut_answer_after = 30},
            "POST 201, PATCH@0+1000 204, PATCH@1000+1000 204, HEAD 200, PATCH@2000+500 204"
        },
        TroubleCase{
            "answer_to_POST_lost",
            "POST",
            1,
            {.instead = FakeAnswer{503}, .lose_answer = true},
            "POST -, POST 201, PATCH@0+1000 204, PATCH@1000+1000 204, PATCH@2000+500 204"
        }
    ),
    [](const auto& row) { return row.param.name; }
);

const std::string no_expiry =
    "the server names no expiry: it may forget unfinished uploads any time";
const std::string no_checksums =
    "the server compares no checksums: it would not notice a byte that changed on the way";
const std::string silent_on_checksums = "the server does not say whether it compares checksums";

FakeAnswer offers(int status, const std::string& extensions) {
    return {status, {{"Tus-Version", "1.0.0"}, {"Tus-Extension", extensions}}};
}

TEST(Migration, ServerWithoutExpiry_IsAskedOnceAndWhatItLacksIsToldOnce) {
    struct Row {
        FakeAnswer to_options;
        std::vector<std::string> lacks;
    };
    for (const Row& row : {
             Row{offers(204, "creation,termination"), {no_expiry, no_checksums}},
             Row{offers(200, "creation, checksum"), {no_expiry}},
             Row{offers(204, "checksum"), {no_expiry}},
             Row{offers(204, "checksum-trailer"), {no_expiry, no_checksums}},
             Row{offers(405, "checksum"), {no_expiry, silent_on_checksums}},
             Row{{404}, {no_expiry, silent_on_checksums}},
             Row{{401}, {no_expiry, silent_on_checksums}},
             Row{{204}, {no_expiry, silent_on_checksums}},
         }) {
        World world;
        world.settings.ask_what_is_missing = true;
        world.add_export(1500, 3, 900);
        world.server.on("OPTIONS", 1, {.instead = row.to_options});
        const MigrationResult result = world.run();
        EXPECT_EQ(result.count(FileResult::completed), 4U);
        EXPECT_EQ(world.notes.lacks, row.lacks);
        unsigned asked = 0;
        for (const auto& request : world.server.requests()) {
            if (request.method != "OPTIONS") continue;
            ++asked;
            EXPECT_FALSE(request.fields.has("Tus-Resumable"));
        }
        EXPECT_EQ(asked, 1U) << world.server.trace();
    }
}

TEST(Migration, ServerThatNeverAnswersOptions_CostsSecondsAndNoMore) {
    World world;
    world.settings.ask_what_is_missing = true;
    world.add_export(1500, 1, 900);
    world.server.on("OPTIONS", 1, {.delay = std::chrono::hours(1)});
    const auto begun = world.clock.steady_now();
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 2U);
    EXPECT_LT(world.clock.steady_now() - begun, std::chrono::seconds(10));
    EXPECT_THAT(world.notes.lacks, testing::ElementsAre(no_expiry, silent_on_checksums));
}

TEST(Migration, ServerWithExpiryOrNotToBeAsked_IsNotAsked) {
    for (const bool expiry : {false, true}) {
        World world;
        world.settings.ask_what_is_missing = expiry;
        if (expiry) world.server.set_lifetime(std::chrono::hours(5));
        world.add_export(500, 0, 0);
        world.run();
        EXPECT_EQ(world.server.trace(), "POST 201, PATCH@0+500 204");
        EXPECT_THAT(world.notes.lacks, testing::IsEmpty());
    }
}

}  // namespace
}  // namespace sfmkit::client
