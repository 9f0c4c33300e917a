#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// TRT: what is prescribed: medicines, amounts and doses.
namespace sfmkit::verifier::trt {

using findings::RuleReporter;

void amount_unlike_drug(const ContentFacts& facts, const RuleReporter& broken);
void wrong_item_number(const ContentFacts& facts, const RuleReporter& broken);
void no_fest_id(const ContentFacts& facts, const RuleReporter& broken);
void impossible_amount(const ContentFacts& facts, const RuleReporter& broken);
void swapped_limits(const ContentFacts& facts, const RuleReporter& broken);
void exact_dose_without_time(const ContentFacts& facts, const RuleReporter& broken);
void wrong_dispenser_number(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::trt
