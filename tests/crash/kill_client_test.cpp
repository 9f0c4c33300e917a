#include "tests/crash/crash_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

namespace sfmkit::test {
namespace {

// Again and again the uploader is ended by SIGKILL at a known point and started anew with its
// journal. No upload whose 201 is in the journal may be created a second time.
TEST(KillClient, ManyTimes_ResumesWithoutASecondCreation) {
    const std::size_t rounds = kill_rounds();
    constexpr std::size_t slots = 3;
    platform::SeededRandom random(21);
    std::size_t inside_bodies = 0;
    std::size_t orphans = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        CrashWorld world(2000 + round);
        const KillPoint point = kill_point(round, random);
        const auto killed = world.upload(CrashWorld::Victim::client, point);
        std::printf("kill %2zu of the uploader: %s\n", round + 1, killed.seen.c_str());
        ASSERT_TRUE(killed.point_reached) << point.describe() << "\n" << killed.output;
        ASSERT_EQ(killed.exit_code, std::nullopt);
        inside_bodies += killed.inside_body ? 1 : 0;

        const auto resumed = world.upload(CrashWorld::Victim::none, {});
        ASSERT_EQ(resumed.exit_code, 0) << resumed.output;
        const std::size_t unfinished = world.expect_all_files_stored_once();
        const std::uint64_t surplus = world.creations() - world.file_count();
        EXPECT_EQ(surplus, unfinished) << "each surplus creation is an orphan that is still there";
        EXPECT_LE(unfinished, slots) << "at most one orphan for each upload that ran";
        orphans += unfinished;
        if (testing::Test::HasFailure()) FAIL() << "round " << round << "\n" << resumed.output;
    }
    std::printf(
        "%zu of %zu kills inside a body, %zu orphans of creations cut off\n",
        inside_bodies,
        rounds,
        orphans
    );
    EXPECT_GE(inside_bodies * 4, rounds * 3) << "three of four kills fall inside a body";
}

// Both sides end at once, half of the time around a creation. What is left without an owner is
// within the orphans that the uploader tells.
TEST(KillBoth, AtTheSameMoment_LosesNothingAndCountsWhatIsLeftOver) {
    const std::size_t rounds = std::max<std::size_t>(kill_rounds() / 4, 4);
    platform::SeededRandom random(22);
    std::size_t unowned = 0;
    std::size_t told = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        CrashWorld world(3000 + round, true);
        const std::size_t around_a_creation = 4 + 5 * (2 + round / 2 % 2);
        const KillPoint point = kill_point(round % 2 == 0 ? around_a_creation : 0, random);
        const auto killed = world.upload(CrashWorld::Victim::both, point);
        std::printf("kill %2zu of both: %s\n", round + 1, killed.seen.c_str());
        ASSERT_TRUE(killed.point_reached) << point.describe() << "\n" << killed.output;
        ASSERT_EQ(killed.exit_code, std::nullopt);

        const auto resumed = world.upload(CrashWorld::Victim::none, {});
        ASSERT_EQ(resumed.exit_code, 0) << resumed.output;
        world.expect_nothing_acknowledged_lost();
        const std::size_t left_over = world.expect_all_files_stored_once();
        EXPECT_LE(left_over, orphans_told(resumed.output)) << resumed.output;
        unowned += left_over;
        told += orphans_told(resumed.output);
        if (testing::Test::HasFailure()) FAIL() << "round " << round << "\n" << resumed.output;
    }
    std::printf("%zu uploads without an owner, %zu orphans told\n", unowned, told);
    EXPECT_GE(told, rounds / 2) << "a creation was cut off in half of the rounds";
}

}  // namespace
}  // namespace sfmkit::test
