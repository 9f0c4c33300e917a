#pragma once

#include "findings/rule.hpp"

#include <span>

namespace sfmkit::verifier {

/// PAT: the patient document outside treatments and messages. Rows without checks as yet.
std::span<const findings::Rule> pat_rules() noexcept;

}  // namespace sfmkit::verifier
