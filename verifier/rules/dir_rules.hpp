#pragma once

#include "findings/judge.hpp"
#include "verifier/facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// DIR: which files an export folder holds, and where.
std::span<const findings::CheckedRule<FolderFacts>> dir_rules() noexcept;

}  // namespace sfmkit::verifier
