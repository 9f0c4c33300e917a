#pragma once

#include "verifier/content_facts.hpp"

/// Checks of the PAT rules about reactions to medicines.
namespace sfmkit::verifier::pat {

using findings::RuleReporter;

void repeated_reaction(const ContentFacts& facts, const RuleReporter& broken);
void other_warning_id(const ContentFacts& facts, const RuleReporter& broken);
void group_without_one_head(const ContentFacts& facts, const RuleReporter& broken);
void likelihood_of_disproved(const ContentFacts& facts, const RuleReporter& broken);
void comment_without_disproof(const ContentFacts& facts, const RuleReporter& broken);
void unknown_registrar(const ContentFacts& facts, const RuleReporter& broken);
void no_fest_id_in_warning(const ContentFacts& facts, const RuleReporter& broken);
/// Bounds: youngest and oldest age.
void discovered_never(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::pat
