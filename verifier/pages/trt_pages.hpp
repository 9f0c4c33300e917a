#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about treatments and prescriptions, in the order of their numbers.
std::span<const findings::RulePage> trt_pages_from_01() noexcept;
std::span<const findings::RulePage> trt_pages_from_08() noexcept;
std::span<const findings::RulePage> trt_pages_from_16() noexcept;
std::span<const findings::RulePage> trt_pages_from_29() noexcept;
std::span<const findings::RulePage> trt_pages_from_36() noexcept;

}  // namespace sfmkit::verifier
