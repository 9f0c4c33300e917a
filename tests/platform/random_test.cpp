#include "platform/random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace sfmkit::platform {
namespace {

// First output of SplitMix64 for seed 0 as published with the reference implementation by Vigna.
TEST(SeededRandom, Fill_WithSeedZero_GivesPublishedSplitMixOutput) {
    SeededRandom random(0);
    std::array<std::byte, 8> bytes{};
    random.fill(bytes);
    EXPECT_EQ(to_hex(bytes), "afcd1d7b39a820e2");  // 0xe220a8397b1dcdaf, low byte first
}

TEST(SeededRandom, Fill_WithSameSeed_GivesSameBytes) {
    SeededRandom first(42);
    SeededRandom second(42);
    for (int i = 0; i < 100; ++i) {
        const std::uint64_t a = first.next();
        EXPECT_EQ(a, second.next());
    }
}

TEST(Random, Pick_OverManyDraws_ReachesEveryValueAndNoOther) {
    SeededRandom random(7);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(random.pick(5));
    EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4}));
}

}  // namespace
}  // namespace sfmkit::platform
