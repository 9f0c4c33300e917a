#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// IDN: identity numbers. Rows without checks as yet.
std::span<const findings::CheckedRule<ContentFacts>> idn_rules() noexcept;

}  // namespace sfmkit::verifier
