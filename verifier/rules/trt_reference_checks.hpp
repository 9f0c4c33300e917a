#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// TRT: what treatments and prescriptions name elsewhere: details, messages and users.
namespace sfmkit::verifier::trt {

using findings::RuleReporter;

void repeated_treatment_id(const ContentFacts& facts, const RuleReporter& broken);
void unknown_details(const ContentFacts& facts, const RuleReporter& broken);
void unused_details(const ContentFacts& facts, const RuleReporter& broken);
void no_register_id(const ContentFacts& facts, const RuleReporter& broken);
void no_prescription_message(const ContentFacts& facts, const RuleReporter& broken);
void dispensing_of_nothing(const ContentFacts& facts, const RuleReporter& broken);

void unknown_prescription_user(const ContentFacts& facts, const RuleReporter& broken);
void update_by_nobody(const ContentFacts& facts, const RuleReporter& broken);
void no_prescriber(const ContentFacts& facts, const RuleReporter& broken);
void unknown_commenter(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::trt
