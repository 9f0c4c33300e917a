#include "tests/client/upload_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using fuzz::LinkFaults;
using platform::Duration;
using World = test::UploadWorldInMemory;

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
            power ? fuzz::MemoryFiles::Loss::some : fuzz::MemoryFiles::Loss::nothing, &when
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
    EXPECT_EQ(world.notes.sent, result.bytes_sent());
    EXPECT_GE(result.bytes_sent(), result.bytes_needed());
}

TEST(Migration, CutInTheMiddleOfAChunk_CountsAsSent) {
    World world;
    world.settings.chunk_bytes = 10'000;
    world.add_export(20'000, 0, 0);
    // After the heads of POST and PATCH, which are shorter than 2000 bytes, and within the body.
    world.network.set_faults([](std::uint64_t number) {
        LinkFaults link;
        if (number == 0) link.to_server = LinkFaults::Cut{5000, LinkFaults::End::reset};
        return link;
    });
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 1U);
    EXPECT_EQ(result.bytes_needed(), 20'000U);
    EXPECT_EQ(result.bytes_sent(), 30'000U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, CutNetwork, testing::Range(std::uint64_t{0}, std::uint64_t{60}));

}  // namespace
}  // namespace sfmkit::client
