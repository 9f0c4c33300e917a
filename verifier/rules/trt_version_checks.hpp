#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// TRT: how the versions of a prescription follow each other, and prescriptions renew others.
namespace sfmkit::verifier::trt {

using findings::RuleReporter;

void version_without_id(const ContentFacts& facts, const RuleReporter& broken);
void broken_version_chain(const ContentFacts& facts, const RuleReporter& broken);
void broken_renewal_chain(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::trt
