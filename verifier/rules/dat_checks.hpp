#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// The checks behind the rows in dat_rules.cpp, one a rule. How times are written is told once a
/// document, with their number; a time that cannot be right is told where it stands.
namespace sfmkit::verifier::dat {

using findings::RuleReporter;

void later_than_now(const ContentFacts& facts, const RuleReporter& broken);
void impossible_birth(const ContentFacts& facts, const RuleReporter& broken);
void before_birth(const ContentFacts& facts, const RuleReporter& broken);
void mixed_zones(const ContentFacts& facts, const RuleReporter& broken);
void dates_with_zone(const ContentFacts& facts, const RuleReporter& broken);
void fine_decimals(const ContentFacts& facts, const RuleReporter& broken);
void later_than_archive(const ContentFacts& facts, const RuleReporter& broken);
void ends_before_it_begins(const ContentFacts& facts, const RuleReporter& broken);
void old_message(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::dat
