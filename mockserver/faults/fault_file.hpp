#pragma once

#include "mockserver/faults/fault_table.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Faults as JSON: scenario files, and what the admin API takes and gives.

namespace sfmkit::mockserver {

/// A file with faults that belong together.
struct Scenario {
    std::string name{};
    std::string description{};
    std::uint64_t seed = 1;
    std::vector<Fault> faults{};

    bool operator==(const Scenario&) const = default;
};

/// Reads a scenario. Errc::usage names the member that is wrong by its path, e.g.
/// `faults[2].action.time`. where: how errors name the text, e.g. the file.
platform::Result<Scenario> parse_scenario(std::string_view text, const std::string& where);
/// The same for one fault.
platform::Result<Fault> parse_fault(std::string_view text, const std::string& where);

/// As parse_scenario() reads it; members with their default are left out.
std::string print_scenario(const Scenario& scenario);
/// One line.
std::string print_fault(const Fault& fault);
/// One line: the fault with `id`, `matched` and `struck`.
std::string print_armed_fault(const ArmedFault& armed);

}  // namespace sfmkit::mockserver
