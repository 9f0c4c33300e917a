#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// TRT: treatments and prescriptions.
std::span<const findings::CheckedRule<ContentFacts>> trt_rules() noexcept;

}  // namespace sfmkit::verifier
