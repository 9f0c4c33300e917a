#pragma once

#include "findings/judge.hpp"
#include "verifier/facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// XML: one document inside an archive, as the parser saw it.
std::span<const findings::CheckedRule<DocumentFacts>> xml_rules() noexcept;

}  // namespace sfmkit::verifier
