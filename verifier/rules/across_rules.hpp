#pragma once

#include "findings/judge.hpp"
#include "verifier/export_identifiers.hpp"

#include <span>

namespace sfmkit::verifier {

/// Rows of the families that compare a file with those before it.
std::span<const findings::CheckedRule<AcrossFacts>> pat_across_rules() noexcept;
std::span<const findings::CheckedRule<AcrossFacts>> cod_across_rules() noexcept;
std::span<const findings::CheckedRule<AcrossFacts>> org_across_rules() noexcept;

}  // namespace sfmkit::verifier
