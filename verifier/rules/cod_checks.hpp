#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// The checks behind the rows in cod_rules.cpp, one a rule.
namespace sfmkit::verifier::cod {

using findings::RuleReporter;

void no_list(const ContentFacts& facts, const RuleReporter& broken);
void list_of_another_element(const ContentFacts& facts, const RuleReporter& broken);
void empty_code_or_text(const ContentFacts& facts, const RuleReporter& broken);
void code_out_of_list(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::cod
