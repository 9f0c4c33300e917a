#include "mockserver/evidence/database.hpp"
#include "mockserver/evidence/evidence_schema.hpp"
#include "tests/crash/crash_world.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <string_view>

namespace sfmkit::test {
namespace {

// Again and again the server is ended by SIGKILL at a known point of an upload and started anew on
// the same data. Nothing that it acknowledged may be gone, and the uploader must finish by itself.
TEST(KillServer, ManyTimes_LosesNothingAcknowledged) {
    const std::size_t rounds = kill_rounds();
    platform::SeededRandom random(20);
    std::size_t inside_bodies = 0;
    std::size_t answered = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        CrashWorld world(1000 + round);
        const KillPoint point = kill_point(round, random);
        const auto run = world.upload(CrashWorld::Victim::server, point);
        std::printf("kill %2zu of the server: %s\n", round + 1, run.seen.c_str());
        ASSERT_TRUE(run.point_reached) << point.describe() << "\n" << run.output;
        ASSERT_EQ(run.exit_code, 0) << run.output;
        inside_bodies += run.inside_body ? 1 : 0;
        world.expect_nothing_acknowledged_lost();
        const std::size_t unfinished = world.expect_all_files_stored_once();
        const auto kept = world.compare_answers_with_evidence();
        EXPECT_EQ(kept.missing, 0U) << "answered requests without evidence";
        EXPECT_GT(kept.answered, 0U);
        answered += kept.answered;
        // A creation whose answer never came leaves an upload that nobody knows; at most one for
        // each upload that ran, and the uploader says how many.
        EXPECT_LE(unfinished, orphans_told(run.output));
        EXPECT_LE(unfinished, 3U);
        if (testing::Test::HasFailure()) FAIL() << "round " << round << "\n" << run.output;
    }
    std::printf("%zu answered requests, all of them in the evidence\n", answered);
    EXPECT_GE(answered, rounds * 5);
    std::printf("%zu of %zu kills inside a body\n", inside_bodies, rounds);
    EXPECT_GE(inside_bodies * 4, rounds * 3) << "three of four kills fall inside a body";
}

// The control: what the other tests call stored is not there when an upload is only half done.
TEST(KillServer, WithoutAFinishedUpload_TheCheckOfStoredFilesFails) {
    CrashWorld world(7);
    const auto run = world.upload(
        CrashWorld::Victim::client, {.method = "PATCH", .request = 2, .body_bytes = 1}
    );
    ASSERT_TRUE(run.point_reached);
    testing::TestPartResultArray failures;
    {
        const testing::ScopedFakeTestPartResultReporter reporter(
            testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures
        );
        world.expect_all_files_stored_once();
    }
    EXPECT_GT(failures.size(), 0);
}

// The control: one request that is taken out of the evidence is missed.
TEST(KillServer, WhenARequestIsNotInTheEvidence_ItIsMissed) {
    CrashWorld world(8);
    const auto run = world.upload(CrashWorld::Victim::none, {});
    ASSERT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(world.compare_answers_with_evidence().missing, 0U);
    auto database = mockserver::Database::open(
        mockserver::evidence_file(world.server().data_folder()), mockserver::Database::Mode::create
    );
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->run(
        "DELETE FROM log WHERE id = (SELECT max(id) FROM requests WHERE method = 'PATCH')"
    ));
    EXPECT_EQ(world.compare_answers_with_evidence().missing, 1U);
}

}  // namespace
}  // namespace sfmkit::test
