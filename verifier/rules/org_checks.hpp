#pragma once

#include "verifier/content_facts.hpp"

/// Checks of the family ORG, one a rule. Each looks at organisation documents only.
namespace sfmkit::verifier::org {

using findings::RuleReporter;

void users_without_own_id(const ContentFacts& facts, const RuleReporter& broken);
void users_without_own_login(const ContentFacts& facts, const RuleReporter& broken);
void unknown_kind_of_user(const ContentFacts& facts, const RuleReporter& broken);
void active_user_without_kind(const ContentFacts& facts, const RuleReporter& broken);
void active_system_user(const ContentFacts& facts, const RuleReporter& broken);
void prescriber_without_hpr(const ContentFacts& facts, const RuleReporter& broken);
void user_without_national_number(const ContentFacts& facts, const RuleReporter& broken);
void user_without_name(const ContentFacts& facts, const RuleReporter& broken);
void unknown_right(const ContentFacts& facts, const RuleReporter& broken);
void doctor_without_right(const ContentFacts& facts, const RuleReporter& broken);
void right_of_another_kind(const ContentFacts& facts, const RuleReporter& broken);
void unfitting_profession(const ContentFacts& facts, const RuleReporter& broken);
void speciality_without_number(const ContentFacts& facts, const RuleReporter& broken);
void shared_number(const ContentFacts& facts, const RuleReporter& broken);
void nobody_in_charge(const ContentFacts& facts, const RuleReporter& broken);

void institutions_without_own_guid(const ContentFacts& facts, const RuleReporter& broken);
void institution_without_her_id(const ContentFacts& facts, const RuleReporter& broken);
void institution_without_number(const ContentFacts& facts, const RuleReporter& broken);
void unknown_user(const ContentFacts& facts, const RuleReporter& broken);
void unknown_institution(const ContentFacts& facts, const RuleReporter& broken);

void report_without_file(const ContentFacts& facts, const RuleReporter& broken);
void file_without_one_report(const ContentFacts& facts, const RuleReporter& broken);
void reports_without_own_id(const ContentFacts& facts, const RuleReporter& broken);
void report_of_absent_patient(const ContentFacts& facts, const RuleReporter& broken);

void templates_amiss(const ContentFacts& facts, const RuleReporter& broken);
void unknown_kind_of_template(const ContentFacts& facts, const RuleReporter& broken);
void empty_template(const ContentFacts& facts, const RuleReporter& broken);
void limits_amiss(const ContentFacts& facts, const RuleReporter& broken);
void local_articles_without_own_id(const ContentFacts& facts, const RuleReporter& broken);
void zero_denominator(const ContentFacts& facts, const RuleReporter& broken);

void inbox_without_own_id_or_user(const ContentFacts& facts, const RuleReporter& broken);
void inbox_of_absent_patient(const ContentFacts& facts, const RuleReporter& broken);
void inbox_kind_without_number(const ContentFacts& facts, const RuleReporter& broken);
void inbox_without_patient(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::org
