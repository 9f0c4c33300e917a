#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// TRT: statuses, kinds and codes that have to be of a closed list or agree with each other.
namespace sfmkit::verifier::trt {

using findings::RuleReporter;

void wrong_send_status(const ContentFacts& facts, const RuleReporter& broken);
void wrong_register_status(const ContentFacts& facts, const RuleReporter& broken);
void wrong_source(const ContentFacts& facts, const RuleReporter& broken);
void wrong_draft(const ContentFacts& facts, const RuleReporter& broken);
void wrong_update(const ContentFacts& facts, const RuleReporter& broken);
void wrong_recall_cause(const ContentFacts& facts, const RuleReporter& broken);
void recall_and_status_differ(const ContentFacts& facts, const RuleReporter& broken);
void wrong_deletion_cause(const ContentFacts& facts, const RuleReporter& broken);
void wrong_delivery_mode(const ContentFacts& facts, const RuleReporter& broken);
void wrong_prescribing_type(const ContentFacts& facts, const RuleReporter& broken);
void pending_but_no_draft(const ContentFacts& facts, const RuleReporter& broken);
void wrong_goods_group(const ContentFacts& facts, const RuleReporter& broken);
void unusual_vaccine(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::trt
