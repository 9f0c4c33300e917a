#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about the archive, in the order of their numbers.
std::span<const findings::RulePage> zip_pages_from_01() noexcept;

}  // namespace sfmkit::verifier
