#pragma once

#include "findings/judge.hpp"
#include "verifier/index_reader.hpp"

#include <span>

namespace sfmkit::verifier {

/// IDX: what Index.txt says, line by line, and whether the folder agrees.
std::span<const findings::CheckedRule<Index>> idx_rules() noexcept;

}  // namespace sfmkit::verifier
