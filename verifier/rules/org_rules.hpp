#pragma once

#include "findings/rule.hpp"

#include <span>

namespace sfmkit::verifier {

/// ORG: the organisation document. Rows without checks as yet.
std::span<const findings::Rule> org_rules() noexcept;

}  // namespace sfmkit::verifier
