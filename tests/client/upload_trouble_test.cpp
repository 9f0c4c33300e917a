#include "tests/client/upload_world.hpp"

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

}  // namespace
}  // namespace sfmkit::client
