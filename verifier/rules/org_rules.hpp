#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// ORG: the organisation document. Rows without checks as yet.
std::span<const findings::CheckedRule<ContentFacts>> org_rules() noexcept;

}  // namespace sfmkit::verifier
