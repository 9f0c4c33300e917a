#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

/// The rows of the PAT family by what they look at; rules/pat_rules.hpp has them all.
namespace sfmkit::verifier {

/// Who the patient is.
std::span<const findings::CheckedRule<ContentFacts>> pat_person_rules() noexcept;
/// Reactions to medicines.
std::span<const findings::CheckedRule<ContentFacts>> pat_reaction_rules() noexcept;
/// What a document has to hold, and what stands behind the treatments.
std::span<const findings::CheckedRule<ContentFacts>> pat_care_rules() noexcept;

}  // namespace sfmkit::verifier
