#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about patients, in the order of their numbers.
std::span<const findings::RulePage> pat_pages_from_01() noexcept;

}  // namespace sfmkit::verifier
