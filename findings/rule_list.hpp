#pragma once

#include "findings/rule.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sfmkit::findings {

/// What a family is about; the family itself when nobody has said so.
std::string_view title_of_family(std::string_view family) noexcept;

/// A table for people at a terminal so many columns wide: the severities of all profiles, or of the
/// one that is asked for.
std::string rules_text(
    std::span<const Rule* const> rules, std::optional<Profile> profile, std::size_t columns
);

}  // namespace sfmkit::findings
