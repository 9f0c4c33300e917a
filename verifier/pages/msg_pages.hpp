#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about messages, in the order of their numbers.
std::span<const findings::RulePage> msg_pages_from_01() noexcept;
std::span<const findings::RulePage> msg_pages_from_12() noexcept;

}  // namespace sfmkit::verifier
