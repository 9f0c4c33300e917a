#pragma once

#include "findings/rule.hpp"

#include <span>

namespace sfmkit::verifier {

/// MSG: messages and their files. Rows without checks as yet.
std::span<const findings::Rule> msg_rules() noexcept;

}  // namespace sfmkit::verifier
