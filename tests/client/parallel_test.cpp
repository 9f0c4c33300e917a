#include "client/encoder/parallel.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <string>

namespace sfmkit::client {
namespace {

using platform::Result;

TEST(RunInParallel, OverAllThreadCounts_DoesEachTaskOnce) {
    for (const std::size_t threads : {0U, 1U, 2U, 7U, 200U}) {
        std::array<std::atomic<int>, 100> done{};
        const auto result = run_in_parallel(done.size(), threads, [&](std::size_t number) {
            ++done[number];
            return Result<void>();
        });
        EXPECT_TRUE(result.has_value());
        for (const auto& times : done) EXPECT_EQ(times, 1);
    }
}

TEST(RunInParallel, OfNothing_DoesNothing) {
    const auto result = run_in_parallel(0, 4, [](std::size_t) -> Result<void> {
        ADD_FAILURE();
        return {};
    });
    EXPECT_TRUE(result.has_value());
}

TEST(RunInParallel, WhenATaskFails_StopsAndGivesItsError) {
    std::atomic<int> done = 0;
    const auto result = run_in_parallel(1000, 2, [&](std::size_t number) -> Result<void> {
        ++done;
        if (number < 10) return {};
        return platform::fail({.what = std::to_string(number)});
    });
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().what, "10");
    EXPECT_LE(done, 12);
}

}  // namespace
}  // namespace sfmkit::client
