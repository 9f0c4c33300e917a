#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about identifiers, in the order of their numbers.
std::span<const findings::RulePage> idn_pages_from_01() noexcept;

}  // namespace sfmkit::verifier
