#pragma once

#include "verifier/content_facts.hpp"

/// The checks behind the rows in idn_rules.cpp, one a rule. They look at identities: an Id beside
/// the TypeId that says of what kind it is. No number is ever shown.
namespace sfmkit::verifier::idn {

using findings::RuleReporter;

void other_length(const ContentFacts& facts, const RuleReporter& broken);
void wrong_check_digits(const ContentFacts& facts, const RuleReporter& broken);
void check_digits_of_2032(const ContentFacts& facts, const RuleReporter& broken);
void impossible_date(const ContentFacts& facts, const RuleReporter& broken);
void individual_digits_of_other_years(const ContentFacts& facts, const RuleReporter& broken);
void other_kind_of_number(const ContentFacts& facts, const RuleReporter& broken);
void number_of_a_real_person(const ContentFacts& facts, const RuleReporter& broken);
void number_of_a_synthetic_person(const ContentFacts& facts, const RuleReporter& broken);
void wrong_health_personnel_number(const ContentFacts& facts, const RuleReporter& broken);
void wrong_organisation_number(const ContentFacts& facts, const RuleReporter& broken);
void wrong_her_id(const ContentFacts& facts, const RuleReporter& broken);
void foreign_id_without_guid(const ContentFacts& facts, const RuleReporter& broken);
void other_code_list(const ContentFacts& facts, const RuleReporter& broken);
void unknown_kind(const ContentFacts& facts, const RuleReporter& broken);
void other_name_of_kind(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::idn
