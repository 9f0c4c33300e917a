#include "tests/client/faults/catalogue.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>

// The catalogue of faults: for each a scenario, what a good client does then, and a bad client
// with one known mistake that the same check must catch.

namespace sfmkit::client {
namespace {

using test::FaultRow;
using test::FaultWorld;

struct Verdict {
    bool passes = false;
    unsigned strikes = 0;
    bool everything = false;
    std::string told;
};

Verdict play(const FaultRow& row, bool good) {
    FaultWorld world;
    row.stage(world);
    if (!good) row.spoil(world);
    if (row.act) {
        row.act(world);
    } else {
        world.ended = world.run();
    }
    Verdict verdict;
    verdict.strikes = row.strikes ? row.strikes(world) : world.server.strikes() + world.struck;
    verdict.passes = row.check(world);
    verdict.everything = test::everything_arrived(world);
    verdict.told = world.server.trace();
    if (world.journal_error) verdict.told += "\n" + platform::describe(*world.journal_error);
    return verdict;
}

std::vector<FaultRow> all_rows() {
    std::vector<FaultRow> all;
    for (const auto& part :
         {test::resume_rows(), test::status_rows(), test::form_rows(), test::session_rows()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

TEST(FaultCatalogue, EveryRow_IsPassedByTheGoodClientAndFailedByTheBadOne) {
    std::map<std::string, unsigned> played;
    std::string table;
    unsigned good_passes = 0;
    unsigned bad_fails = 0;
    for (const FaultRow& row : all_rows()) {
        const Verdict good = play(row, true);
        const Verdict bad = play(row, false);
        EXPECT_TRUE(good.passes) << row.id << ": " << row.good << "\n" << good.told;
        EXPECT_EQ(good.everything, row.completes) << row.id << "\n" << good.told;
        EXPECT_FALSE(bad.passes) << row.id << ": " << row.mistake << "\n" << bad.told;
        EXPECT_GE(good.strikes, 1U) << row.id << ": " << row.fault;
        EXPECT_GE(bad.strikes, 1U) << row.id << ": " << row.fault;
        ++played[row.id];
        good_passes += good.passes ? 1U : 0U;
        bad_fails += bad.passes ? 0U : 1U;
        table += fmt::format(
            "{}  {:>4} strikes  good {}  bad {}  {}; {}\n",
            row.id,
            good.strikes + bad.strikes,
            good.passes ? "passes" : "FAILS",
            bad.passes ? "PASSES" : "fails",
            row.fault,
            row.mistake
        );
    }
    std::cout << table << played.size() << " faults, passed by a good client " << good_passes
              << " times, failed by a bad one " << bad_fails << " times\n";
    constexpr unsigned faults = 61;
    for (unsigned number = 1; number <= faults; ++number) {
        EXPECT_GE(played[fmt::format("F-{:02}", number)], 1U) << "F-" << number;
    }
}

}  // namespace
}  // namespace sfmkit::client
