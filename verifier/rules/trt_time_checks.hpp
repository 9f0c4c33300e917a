#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// TRT: times and days that contradict each other, in Norwegian local time.
namespace sfmkit::verifier::trt {

using findings::RuleReporter;

void event_before_prescription(const ContentFacts& facts, const RuleReporter& broken);
void begins_after_prescription(const ContentFacts& facts, const RuleReporter& broken);
void wrong_expiry(const ContentFacts& facts, const RuleReporter& broken);
void wrong_period(const ContentFacts& facts, const RuleReporter& broken);
void answer_before_question(const ContentFacts& facts, const RuleReporter& broken);
void ends_differ(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::trt
