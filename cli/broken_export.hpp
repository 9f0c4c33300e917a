#pragma once

#include "cli/command.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sfmkit::cli {

struct BrokenExportOptions {
    std::string output;
    std::string recipient;  ///< certificate; empty: a key is made and written beside the folder
    std::string recipe;     ///< `RULE` or `RULE:NAME`
    std::uint64_t seed = 1;
};

/// An export that lies there and breaks one rule, and what a person needs to see it.
struct BrokenExport {
    std::string rule;
    std::string name;                       ///< of the way in which it is broken
    std::string title;                      ///< what the rule asks
    std::vector<std::string> places;        ///< where it is broken
    std::vector<std::string> further_ways;  ///< `RULE:NAME` of other recipes for the rule
    std::string verify_command;
};

/// Writes an export of one synthetic patient that violates exactly one rule, from the recipes that
/// the tests of the rules use. Errc::usage for a rule that nobody knows, one that is not built yet
/// and one that the recipient cannot be used for.
platform::Result<BrokenExport> generate_broken(World& world, const BrokenExportOptions& options);

}  // namespace sfmkit::cli
