#pragma once

#include "findings/rule.hpp"

#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Says in every report which rules judged; changes whenever a row or a check does.
inline constexpr std::string_view ruleset = "sfm-export-1";

/// Every row of every family, in the order of the stages. The one list of families.
std::vector<const findings::Rule*> catalogue();

}  // namespace sfmkit::verifier
