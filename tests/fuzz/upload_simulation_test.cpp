#include "fuzz/simulator/upload_simulation.hpp"

#include "fuzz/simulator/trace.hpp"
#include "platform/log.hpp"
#include "tests/client/bad_plans.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace sfmkit::fuzz {
namespace {

constexpr std::uint64_t default_seeds = 1000;

/// SFMKIT_SEEDS makes the campaign longer.
std::uint64_t seeds() {
    const char* wanted = std::getenv("SFMKIT_SEEDS");
    return wanted == nullptr ? default_seeds : std::stoull(wanted);
}

std::string tell(const SimulationResult& result) {
    std::string text;
    for (const std::string& line : result.wrong) text += line + "\n";
    for (const std::string& line : result.last_events) text += "  " + line;
    return text;
}

class UploadSimulation : public testing::Test {
  protected:
    // Machines that end on purpose are no news for an operator.
    UploadSimulation() { platform::set_log_level(platform::LogLevel::quiet); }
    ~UploadSimulation() override { platform::set_log_level(platform::LogLevel::info); }
};

TEST_F(UploadSimulation, EverySeed_KeepsItsPromises) {
    Histogram troubles;
    std::uint64_t bytes = 0;
    std::uint64_t sent = 0;
    std::uint64_t files = 0;
    unsigned orphans = 0;
    Trace all;
    for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
        SimulationOptions options;
        options.seed = seed;
        options.kept_events = 40;
        const SimulationResult result = simulate_upload(options);
        ASSERT_TRUE(result.wrong.empty()) << "seed " << seed << "\n" << tell(result);
        troubles += result.troubles;
        bytes += result.bytes;
        sent += result.bytes_sent;
        files += result.files;
        orphans += result.orphans;
        all.note({}, "seed", std::to_string(result.trace_hash));
    }
    std::cout << seeds() << " seeds, " << files << " files, " << bytes << " bytes, " << sent
              << " bytes sent, " << orphans << " orphans, hash of all traces " << all.hash()
              << '\n';
    for (std::size_t i = 0; i < trouble_kinds; ++i) {
        const auto kind = static_cast<Trouble>(i);
        std::cout << "  " << troubles.count(kind) << "  " << name_of(kind) << '\n';
    }
    constexpr std::uint64_t wanted = 50;
    if (seeds() >= default_seeds) {
        EXPECT_GE(troubles.least(), wanted);
    }
}

TEST_F(UploadSimulation, SameSeed_GivesTheSameTrace) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SimulationOptions options;
        options.seed = seed;
        const SimulationResult first = simulate_upload(options);
        const SimulationResult second = simulate_upload(options);
        EXPECT_EQ(first.trace_hash, second.trace_hash) << "seed " << seed;
        EXPECT_EQ(first.events, second.events);
        options.seed = seed + 1000;
        EXPECT_NE(simulate_upload(options).trace_hash, first.trace_hash);
    }
}

/// How many of 100 seeds break a promise.
unsigned caught(SimulationOptions options) {
    unsigned count = 0;
    for (options.seed = 1; options.seed <= 100; ++options.seed) {
        if (!simulate_upload(options).wrong.empty()) ++count;
    }
    return count;
}

client::PlanMaker plans_with(test::Mistake mistake) {
    return [mistake](client::PlanInput input, platform::Random& random) {
        const std::uint64_t size = input.size_bytes;
        const std::uint64_t chunk = input.chunk_bytes;
        auto good = std::make_unique<client::UploadPlan>(std::move(input), random);
        return std::make_unique<test::BadPlan>(std::move(good), mistake, size, chunk);
    };
}

TEST_F(UploadSimulation, ClientThatSkipsHeadAfterAnUnknownOutcome_IsCaught) {
    SimulationOptions options;
    options.make_plan = plans_with(test::Mistake::skips_asking);
    const unsigned count = caught(options);
    std::cout << "caught with " << count << " of 100 seeds\n";
    EXPECT_GT(count, 0U);
}

TEST_F(UploadSimulation, ServerThatAcknowledgesBeforeStoring_IsCaught) {
    SimulationOptions options;
    options.server_forgets = true;
    const unsigned count = caught(options);
    std::cout << "caught with " << count << " of 100 seeds\n";
    EXPECT_GT(count, 0U);
}

}  // namespace
}  // namespace sfmkit::fuzz
