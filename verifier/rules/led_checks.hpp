#pragma once

#include "findings/judge.hpp"
#include "verifier/ledger_reader.hpp"

/// The checks behind the rows in led_rules.cpp, one a rule.
namespace sfmkit::verifier::led {

using findings::RuleReporter;

void unusable_ledger(const Ledger& ledger, const RuleReporter& broken);
void uploaded_before(const Ledger& ledger, const RuleReporter& broken);
void other_classification(const Ledger& ledger, const RuleReporter& broken);

}  // namespace sfmkit::verifier::led
