#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about the envelope, in the order of their numbers.
std::span<const findings::RulePage> env_pages_from_01() noexcept;
std::span<const findings::RulePage> env_pages_from_11() noexcept;

}  // namespace sfmkit::verifier
