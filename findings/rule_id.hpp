#pragma once

#include "findings/rule.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::findings {

/// `ENV` of `ENV-11`; the whole text when it has no dash.
std::string_view family_of(std::string_view id) noexcept;

/// The id as the catalogue writes it, of one that was typed or copied with what stood around it:
/// `env11`, `[ENV-11]`, `ENV-011:`. Other text comes back in capitals.
std::string as_rule_id(std::string_view typed);

/// The ids that whoever typed this may have meant, the nearest first; empty when none is near.
std::vector<std::string_view> near_rule_ids(
    std::string_view typed, std::span<const Rule* const> rules
);

}  // namespace sfmkit::findings
