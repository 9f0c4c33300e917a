#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about dates and times, in the order of their numbers.
std::span<const findings::RulePage> dat_pages_from_01() noexcept;

}  // namespace sfmkit::verifier
