#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about the organisation file, in the order of their numbers.
std::span<const findings::RulePage> org_pages_from_01() noexcept;
std::span<const findings::RulePage> org_pages_from_08() noexcept;
std::span<const findings::RulePage> org_pages_from_16() noexcept;
std::span<const findings::RulePage> org_pages_from_23() noexcept;
std::span<const findings::RulePage> org_pages_from_30() noexcept;

}  // namespace sfmkit::verifier
