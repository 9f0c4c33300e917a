#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// MSG: messages and their files. Rows without checks as yet.
std::span<const findings::CheckedRule<ContentFacts>> msg_rules() noexcept;

}  // namespace sfmkit::verifier
