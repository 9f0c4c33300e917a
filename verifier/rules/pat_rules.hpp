#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// PAT: the patient document outside treatments and messages.
std::span<const findings::CheckedRule<ContentFacts>> pat_rules() noexcept;

}  // namespace sfmkit::verifier
