#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// TRT: what a prescription as a whole says by its versions.
namespace sfmkit::verifier::trt {

using findings::RuleReporter;

void not_one_active(const ContentFacts& facts, const RuleReporter& broken);
void not_one_head(const ContentFacts& facts, const RuleReporter& broken);
void versions_out_of_order(const ContentFacts& facts, const RuleReporter& broken);
void changing_register_id(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::trt
