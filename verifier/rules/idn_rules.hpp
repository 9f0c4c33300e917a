#pragma once

#include "findings/rule.hpp"

#include <span>

namespace sfmkit::verifier {

/// IDN: identity numbers. Rows without checks as yet.
std::span<const findings::Rule> idn_rules() noexcept;

}  // namespace sfmkit::verifier
