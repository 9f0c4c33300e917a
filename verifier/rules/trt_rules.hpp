#pragma once

#include "findings/rule.hpp"

#include <span>

namespace sfmkit::verifier {

/// TRT: treatments and prescriptions. Rows without checks as yet.
std::span<const findings::Rule> trt_rules() noexcept;

}  // namespace sfmkit::verifier
