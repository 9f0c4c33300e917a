#include "tests/client/bad_plans.hpp"
#include "tests/client/upload_world.hpp"
#include "wire/tus_headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit::client {
namespace {

using fuzz::LinkFaults;
using platform::Duration;
using test::FakeAnswer;
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
    world.settings.retry_refused = true;
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

TEST(Migration, FileThatCannotBeRead_IsLeftForAnotherRun) {
    using Case = std::pair<const char*, platform::Errc>;
    for (const auto& [failing_call, code] : {
             Case{"open_for_reading", platform::Errc::not_permitted},
             Case{"read_at", platform::Errc::input_output},
             Case{"status", platform::Errc::input_output},
         }) {
        World world;
        world.add_export(100, 2, 5000);
        // The first status is that of the listing.
        unsigned calls_to_spare = std::string_view(failing_call) == "status" ? 1 : 0;
        world.files.set_fault([&](std::string_view call, const std::string& path) {
            bool hit = call == failing_call && path == "export/Patients0/p0.pat";
            if (hit && calls_to_spare > 0) {
                --calls_to_spare;
                hit = false;
            }
            return hit ? std::optional(platform::Error{.code = code}) : std::nullopt;
        });
        const MigrationResult result = world.run();
        EXPECT_EQ(result.files[1].result, FileResult::run_again) << failing_call;
        ASSERT_TRUE(result.files[1].error.has_value());
        EXPECT_EQ(result.files[1].error->code, code);
        EXPECT_EQ(result.files[2].result, FileResult::completed);
        world.files.set_fault({});
        EXPECT_EQ(world.run().files[1].result, FileResult::completed) << failing_call;
        world.expect_everything_arrived_once();
    }
}

TEST(Migration, FileThatTheServerRefused_IsTriedAgainOnlyWhenAskedFor) {
    for (const bool asked : {false, true}) {
        World world;
        world.add_export(100, 2, 5000);
        world.settings.parallel = 1;
        world.server.on("PATCH", 3, {.instead = FakeAnswer{403}});
        ASSERT_EQ(world.run().files[1].result, FileResult::refused);
        const std::size_t before = world.server.requests().size();
        world.settings.retry_refused = asked;
        const MigrationResult second = world.run();
        EXPECT_EQ(second.files[1].result, asked ? FileResult::completed : FileResult::refused);
        EXPECT_EQ(world.server.requests().size() > before, asked);
        EXPECT_EQ(second.files[1].error.has_value(), !asked);
    }
}

TEST(Migration, OrganisationFileThatTheServerRefused_IsAlwaysTriedAgain) {
    World world;
    world.add_export(5000, 1, 100);
    world.server.on("PATCH", 2, {.instead = FakeAnswer{403}});
    ASSERT_EQ(world.run().files[0].result, FileResult::refused);
    EXPECT_EQ(world.run().count(FileResult::completed), 2U);
}

TEST(Migration, Elapsed_IsToldOfEachFileAndOfTheRun) {
    World world;
    world.add_export(100, 2, 5000);
    world.network.set_faults([](std::uint64_t) { return LinkFaults{.latency = Duration(10)}; });
    const MigrationResult result = world.run();
    for (const FileOutcome& file : result.files) EXPECT_GE(file.elapsed, Duration(20)) << file.name;
    EXPECT_GE(result.elapsed, result.files[0].elapsed + result.files[1].elapsed);
}

TEST(Migration, FileThatVanishes_IsRefused) {
    World world;
    world.add_export(100, 1, 5000);
    world.files.set_fault([&](std::string_view call, const std::string& path) {
        const bool hit = call == "open_for_reading" && path == "export/Patients0/p0.pat";
        return hit ? std::optional(platform::Error{.code = platform::Errc::not_found})
                   : std::nullopt;
    });
    EXPECT_EQ(world.run().files[1].result, FileResult::refused);
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

// The intent is synced before the POST, the URL before the first byte.
TEST(Migration, JournalThatCannotBeSynced_StopsBeforeTheNextRequest) {
    struct Row {
        unsigned failing_sync;
        std::string trace;
    };
    for (const Row& row : {Row{1, ""}, Row{2, "POST 201"}}) {
        World world;
        world.add_export(2000, 0, 0);
        unsigned syncs = 0;
        world.files.set_fault([&](std::string_view call, const std::string& path) {
            const bool sync = call == "sync" && path == "export.journal";
            const bool hit = sync && ++syncs == row.failing_sync;
            return hit ? std::optional(platform::Error{.code = platform::Errc::disk_full})
                       : std::nullopt;
        });
        const MigrationResult result = world.run();
        ASSERT_TRUE(result.fatal.has_value());
        EXPECT_EQ(result.fatal->code, platform::Errc::disk_full);
        EXPECT_EQ(world.server.trace(), row.trace);
    }
}

TEST(Migration, BadClientThatSkipsHead_IsCaughtByTheSameWorld) {
    for (const bool good : {true, false}) {
        World world;
        world.add_export(2500, 0, 0);
        world.server.on("PATCH", 2, {.lose_answer = true});
        if (!good) world.settings.make_plan = test::bad_plans(test::Mistake::skips_asking);
        world.run();
        const std::string trace = world.server.trace();
        // A repeated chunk that the server had stored is the mark of a client that did not ask.
        EXPECT_EQ(trace.find("PATCH@1000+1000 409") == std::string::npos, good) << trace;
    }
}

}  // namespace
}  // namespace sfmkit::client
