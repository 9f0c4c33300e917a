#include "tests/client/bad_plans.hpp"
#include "tests/client/upload_world.hpp"
#include "wire/tus_headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using platform::Duration;
using test::FakeAnswer;
using test::LinkFaults;
using test::Trouble;
using World = test::UploadWorldInMemory;

TEST(Migration, HealthyServer_GetsEveryFileOnceAndNothingTwice) {
    World world;
    world.add_export(2500, 12, 900);
    world.add_file("Reports0/r.rpt", 3000);
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 14U);
    EXPECT_EQ(result.bytes_sent(), result.bytes_needed());
    EXPECT_EQ(result.retries(), 0U);
    EXPECT_EQ(result.orphans, 0U);
    world.expect_everything_arrived_once();
    EXPECT_EQ(world.notes.ended.front(), "ExportData.dat completed");
    EXPECT_LE(world.server.most_at_once(), 5U);
    // One connection for each slot: none is made for each request.
    EXPECT_LE(world.network.connections(), 5U);
}

TEST(Migration, Requests_CarryTheHeadersOfTheOfficialUploader) {
    World world;
    world.add_export(1500, 0, 0);
    world.run();
    const auto& requests = world.server.requests();
    ASSERT_EQ(world.server.trace(), "POST 201, PATCH@0+1000 204, PATCH@1000+500 204");
    EXPECT_EQ(requests[0].fields.first("Upload-Length"), "1500");
    EXPECT_EQ(requests[0].fields.first("Tus-Resumable"), "1.0.0");
    const auto pairs =
        wire::parse_metadata_strictly(requests[0].fields.first("Upload-Metadata").value_or(""));
    ASSERT_TRUE(pairs.has_value());
    std::vector<std::string> told;
    for (const auto& pair : *pairs) {
        told.push_back(pair.key + "=" + std::string(platform::as_text(pair.value)));
    }
    EXPECT_THAT(
        told,
        testing::ElementsAre(
            "name=ExportData.dat",
            "contentType=application/octet-stream",
            "FileType=OrganizationFile",
            "SessionId=3a68365f-4dec-4ecf-b3e7-04bedbdd1096"
        )
    );
    EXPECT_EQ(requests[1].fields.first("Content-Type"), "application/offset+octet-stream");
    EXPECT_FALSE(requests[1].fields.has("Expect"));
}

TEST(Migration, OrganisationFileThatIsRefused_StopsTheOthers) {
    World world;
    world.add_export(100, 3, 100);
    world.server.on(
        "POST", 1, {.instead = FakeAnswer{400, {}, "name metadata must be specified."}}
    );
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::refused), 1U);
    EXPECT_EQ(result.count(FileResult::not_started), 3U);
    EXPECT_EQ(world.server.trace(), "POST 400");
    EXPECT_EQ(result.orphans, 0U);
}

TEST(Migration, F58_PatientFileThatIsRefused_DoesNotStopTheOthers) {
    World world;
    world.add_export(100, 3, 100);
    world.server.on("PATCH", 3, {.instead = FakeAnswer{413}});
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::refused), 1U);
    EXPECT_EQ(result.count(FileResult::completed), 3U);
}

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
    [](const auto& info) { return info.param.name; }
);

TEST(Migration, EarlyAnswerBeforeTheBodyIsRead_IsStillSeen) {
    World world;
    world.settings.chunk_bytes = 500'000;  // more than the window, so that sending gets stuck
    world.add_export(500'000, 0, 0);
    const FakeAnswer too_large{413, {{"Content-Type", "text/html"}}, "<html>413</html>"};
    world.server.on(
        "PATCH", 1, {.instead = too_large, .close_in_order = true, .answer_early = true}
    );
    const MigrationResult result = world.run();
    ASSERT_EQ(result.count(FileResult::refused), 1U);
    EXPECT_NE(result.files[0].error->what.find("413"), std::string::npos);
    EXPECT_EQ(world.server.requests().size(), 2U);
}

TEST(Migration, F25_RetryAfter_IsWaitedFor) {
    World world;
    world.add_export(500, 0, 0);
    world.server.on("PATCH", 1, {.instead = FakeAnswer{503, {{"Retry-After", "7"}}}});
    world.run();
    const auto& requests = world.server.requests();
    ASSERT_EQ(world.server.trace(), "POST 201, PATCH@0+500 503, HEAD 200, PATCH@0+500 204");
    EXPECT_GE(requests[2].arrived - requests[1].arrived, std::chrono::seconds(7));
}

TEST(Migration, F19_FileOfNoBytes_IsPostedOnly) {
    World world;
    world.add_export(0, 0, 0);
    EXPECT_EQ(world.run().count(FileResult::completed), 1U);
    EXPECT_EQ(world.server.trace(), "POST 201");
}

TEST(Migration, F55_ConnectionWithDoubt_IsClosedBeforeTheNextRequest) {
    World world;
    world.add_export(1500, 0, 0);
    world.server.on("PATCH", 1, {.instead = FakeAnswer{409}});
    world.run();
    const auto& requests = world.server.requests();
    ASSERT_GE(requests.size(), 3U);
    EXPECT_NE(requests[1].connection, requests[2].connection);
}

TEST(Migration, ServerGoneForGood_EndsTheRunWithoutTryingEveryFile) {
    World world;
    world.add_export(100, 200, 5000);
    world.settings.parallel = 3;
    const Duration life(std::chrono::hours(2));
    world.clock.call_at(world.clock.steady_now() + Duration(1), [] {});
    // Latency makes the upload of 200 files take long enough to be cut off in the middle.
    world.network.set_faults([](std::uint64_t) { return LinkFaults{.latency = Duration(10)}; });
    world.clock.call_at(world.clock.steady_now() + std::chrono::seconds(2), [&] {
        world.network.end_of_process(LinkFaults::End::reset);
    });
    const auto result = world.run_until_killed(life);
    ASSERT_TRUE(result.has_value());
    EXPECT_GT(result->count(FileResult::completed), 1U);
    EXPECT_GT(result->count(FileResult::not_started), 100U);
    EXPECT_EQ(result->count(FileResult::refused), 0U);
    EXPECT_GT(result->count(FileResult::run_again), 0U);
}

TEST(Migration, NobodyAtTheAddress_IsToldSoon) {
    World world;
    world.add_export(100, 5, 100);
    world.server.stop();
    const auto started = world.clock.steady_now();
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::run_again), 1U);
    EXPECT_EQ(result.count(FileResult::not_started), 5U);
    EXPECT_LT(world.clock.steady_now() - started, std::chrono::seconds(10));
    EXPECT_EQ(result.orphans, 0U);
}

TEST(Migration, Stop_FinishesTheChunkAndTheNextRunGoesOnThere) {
    World world;
    world.add_export(50'000, 2, 3000);
    world.network.set_faults([](std::uint64_t) { return LinkFaults{.latency = Duration(10)}; });
    world.clock.call_at(world.clock.steady_now() + Duration(333), [&] {
        world.stop.requested = true;
    });
    const MigrationResult first = world.run();
    EXPECT_TRUE(first.stopped);
    EXPECT_EQ(first.count(FileResult::stopped), 1U);
    EXPECT_EQ(first.bytes_sent(), first.bytes_needed());
    world.stop.requested = false;
    const MigrationResult second = world.run();
    EXPECT_EQ(second.count(FileResult::completed), 3U);
    EXPECT_EQ(first.bytes_sent() + second.bytes_sent(), 50'000U + 6001U);
    world.expect_everything_arrived_once();
}

/// Flips one bit; size and, unless the calendar moved, time of the file stay as they were.
void change_one_bit(World& world, const std::string& path) {
    std::string bytes = world.files.content(path).value();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    world.files.put(path, bytes);
}

void expect_refused_as_changed(const FileOutcome& file) {
    EXPECT_EQ(file.result, FileResult::refused);
    ASSERT_TRUE(file.error.has_value());
    EXPECT_EQ(file.error->code, platform::Errc::changed);
    EXPECT_NE(file.error->where.find(file.name), std::string::npos);
}

TEST(Migration, F16_UnfinishedFileWithOtherBytes_IsRefusedAndTheOthersGoOn) {
    World world;
    world.add_export(100, 2, 5000);
    world.settings.parallel = 1;
    world.server.on("PATCH", 3, {.instead = FakeAnswer{403}});
    ASSERT_EQ(world.run().files[1].result, FileResult::refused);
    change_one_bit(world, "export/Patients0/p0.pat");
    const MigrationResult second = world.run();
    expect_refused_as_changed(second.files[1]);
    EXPECT_EQ(second.files[2].result, FileResult::already_done);
}

TEST(Migration, F16_UploadedFileThatWasWrittenAnew_IsRefusedUnlessItsBytesAreTheSame) {
    World world;
    world.add_export(100, 1, 5000);
    world.run();
    world.clock.shift_calendar(Duration(1));
    world.files.put("export/ExportData.dat", world.contents[0].second);
    change_one_bit(world, "export/Patients0/p0.pat");
    const MigrationResult second = world.run();
    EXPECT_EQ(second.files[0].result, FileResult::already_done);
    expect_refused_as_changed(second.files[1]);
}

TEST(Migration, F20_FileThatGrowsWhileItIsSent_IsRefused) {
    World world;
    world.add_export(5000, 0, 0);
    world.network.set_faults([](std::uint64_t) { return LinkFaults{.latency = Duration(10)}; });
    world.clock.call_at(world.clock.steady_now() + Duration(70), [&] {
        world.files.put("export/ExportData.dat", world.contents[0].second + "more");
    });
    const MigrationResult result = world.run();
    ASSERT_EQ(result.count(FileResult::refused), 1U);
    EXPECT_EQ(result.files[0].error->code, platform::Errc::changed);
}

TEST(Migration, SecondRunAfterSuccess_SendsNothing) {
    World world;
    world.add_export(1500, 3, 800);
    world.run();
    const std::size_t before = world.server.requests().size();
    const MigrationResult again = world.run();
    EXPECT_EQ(again.count(FileResult::already_done), 4U);
    EXPECT_EQ(world.server.requests().size(), before);
}

TEST(Migration, F14_ExpiredUpload_IsCreatedAnewWithoutAsking) {
    World world;
    world.add_export(2000, 0, 0);
    world.server.set_lifetime(std::chrono::hours(5));
    world.server.on("PATCH", 2, {.instead = FakeAnswer{403}});
    world.run();
    world.clock.shift_calendar(std::chrono::hours(6));
    const std::size_t before = world.server.requests().size();
    EXPECT_EQ(world.run().count(FileResult::completed), 1U);
    EXPECT_EQ(world.server.requests().at(before).method, "POST");
}

TEST(Migration, JournalThatCannotBeWritten_StopsBeforeTheFirstByte) {
    World world;
    world.add_export(2000, 0, 0);
    world.files.set_fault([](std::string_view call, const std::string& path) {
        const bool hit = call == "sync" && path == "export.journal";
        return hit ? std::optional(platform::Error{.code = platform::Errc::disk_full})
                   : std::nullopt;
    });
    const MigrationResult result = world.run();
    ASSERT_TRUE(result.fatal.has_value());
    EXPECT_EQ(result.fatal->code, platform::Errc::disk_full);
    EXPECT_EQ(world.server.trace(), "POST 201");
}

TEST(Migration, BadClientThatSkipsHead_IsCaughtByTheSameWorld) {
    for (const bool good : {true, false}) {
        World world;
        world.add_export(2500, 0, 0);
        world.server.on("PATCH", 2, {.lose_answer = true});
        if (!good) {
            world.settings.make_plan = [](PlanInput input, platform::Random& random) {
                const std::uint64_t size = input.size_bytes;
                const std::uint64_t chunk = input.chunk_bytes;
                return std::make_unique<test::BadPlan>(
                    std::make_unique<UploadPlan>(std::move(input), random),
                    test::Mistake::skips_asking,
                    size,
                    chunk
                );
            };
        }
        world.run();
        const std::string trace = world.server.trace();
        // A repeated chunk that the server had stored is the mark of a client that did not ask.
        EXPECT_EQ(trace.find("PATCH@1000+1000 409") == std::string::npos, good) << trace;
    }
}

class KilledClient : public testing::TestWithParam<std::uint64_t> {};

TEST_P(KilledClient, ResumesWithoutASecondPostForAnyUploadInItsJournal) {
    World world(GetParam());
    world.add_export(20'000, 8, 6000);
    world.network.set_faults([](std::uint64_t) { return LinkFaults{.latency = Duration(3)}; });
    platform::SeededRandom when(GetParam());
    std::optional<MigrationResult> result;
    unsigned kills = 0;
    const bool power = GetParam() % 2 == 1;
    while (!result) {
        const Duration life(1 + static_cast<int>(when.pick(60)));
        result = world.run_until_killed(life);
        ASSERT_FALSE(world.journal_error) << platform::describe(*world.journal_error);
        if (result) break;
        ++kills;
        world.files.crash(
            power ? test::MemoryFiles::Loss::some : test::MemoryFiles::Loss::nothing, &when
        );
        ASSERT_LT(kills, 500U);
    }
    EXPECT_GT(kills, 1U);
    EXPECT_EQ(result->count(FileResult::completed) + result->count(FileResult::already_done), 9U);
    world.expect_everything_arrived_once();
    // Each upload without an owner is counted; at most one for each slot and kill. Only a power cut
    // may take the intents with it, for they are not synced.
    if (!power) {
        EXPECT_LE(world.server.uploads().size(), 9U + result->orphans);
    }
    EXPECT_LE(result->orphans, kills * world.settings.parallel);
}

INSTANTIATE_TEST_SUITE_P(Seeds, KilledClient, testing::Range(std::uint64_t{0}, std::uint64_t{40}));

class CutNetwork : public testing::TestWithParam<std::uint64_t> {};

TEST_P(CutNetwork, EveryByteArrivesOnce) {
    World world(GetParam());
    world.add_export(20'000, 10, 8000);
    platform::SeededRandom faults(GetParam() + 1000);
    world.network.set_faults([&](std::uint64_t) {
        LinkFaults link;
        link.latency = Duration(static_cast<int>(faults.pick(20)));
        const std::uint64_t direction = faults.pick(4);
        const std::uint64_t place = 1 + faults.pick(direction == 0 ? 12'000 : 900);
        const auto how = static_cast<LinkFaults::End>(faults.pick(3));
        if (direction == 0) link.to_server = LinkFaults::Cut{place, how};
        if (direction == 1) link.to_client = LinkFaults::Cut{place, how};
        link.refuse = faults.pick(10) == 0;
        return link;
    });
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 11U);
    EXPECT_LE(world.server.uploads().size(), 11U + result.orphans);
    for (const auto& [name, bytes] : world.contents) {
        const auto uploads = world.server.named(name.substr(name.rfind('/') + 1));
        const auto whole = std::count_if(uploads.begin(), uploads.end(), [&](const auto* upload) {
            return upload->bytes == bytes;
        });
        EXPECT_EQ(whole, 1) << name;
    }
    EXPECT_EQ(world.notes.acknowledged, static_cast<std::int64_t>(result.bytes_needed()));
}

INSTANTIATE_TEST_SUITE_P(Seeds, CutNetwork, testing::Range(std::uint64_t{0}, std::uint64_t{60}));

}  // namespace
}  // namespace sfmkit::client
