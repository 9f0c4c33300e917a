#pragma once

#include "findings/rule.hpp"

#include <span>

namespace sfmkit::verifier {

/// COD: codes and their lists. Rows without checks as yet.
std::span<const findings::Rule> cod_rules() noexcept;

}  // namespace sfmkit::verifier
