#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// DAT: dates and times.
std::span<const findings::CheckedRule<ContentFacts>> dat_rules() noexcept;

}  // namespace sfmkit::verifier
