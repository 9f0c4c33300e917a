#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about the patient and what is known of it, in the order of their numbers.
std::span<const findings::RulePage> pat_pages_from_01() noexcept;
std::span<const findings::RulePage> pat_pages_from_09() noexcept;
std::span<const findings::RulePage> pat_pages_from_18() noexcept;
std::span<const findings::RulePage> pat_pages_from_27() noexcept;

}  // namespace sfmkit::verifier
