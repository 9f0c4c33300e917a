#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about codes, in the order of their numbers.
std::span<const findings::RulePage> cod_pages_from_01() noexcept;

}  // namespace sfmkit::verifier
