#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// COD: codes and their lists.
std::span<const findings::CheckedRule<ContentFacts>> cod_rules() noexcept;

}  // namespace sfmkit::verifier
