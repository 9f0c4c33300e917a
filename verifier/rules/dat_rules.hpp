#pragma once

#include "findings/rule.hpp"

#include <span>

namespace sfmkit::verifier {

/// DAT: dates and times. Rows without checks as yet.
std::span<const findings::Rule> dat_rules() noexcept;

}  // namespace sfmkit::verifier
