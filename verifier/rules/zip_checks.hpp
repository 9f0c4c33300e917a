#pragma once

#include "findings/judge.hpp"
#include "verifier/facts.hpp"

/// The checks behind the rows in zip_rules.cpp, one a rule.
namespace sfmkit::verifier::zip_checks {

using findings::RuleReporter;

void ambiguous_archive(const ArchiveFacts& facts, const RuleReporter& broken);
void damaged_entry(const ArchiveFacts& facts, const RuleReporter& broken);
void unusual_method(const ArchiveFacts& facts, const RuleReporter& broken);
void encrypted_entry(const ArchiveFacts& facts, const RuleReporter& broken);
void escaping_name(const ArchiveFacts& facts, const RuleReporter& broken);
void entry_in_folder(const ArchiveFacts& facts, const RuleReporter& broken);
void repeated_name(const ArchiveFacts& facts, const RuleReporter& broken);
void no_organisation_document(const ArchiveFacts& facts, const RuleReporter& broken);
void foreign_entry(const ArchiveFacts& facts, const RuleReporter& broken);
void no_patient_document(const ArchiveFacts& facts, const RuleReporter& broken);
void entry_no_xml(const ArchiveFacts& facts, const RuleReporter& broken);
void beyond_limits(const ArchiveFacts& facts, const RuleReporter& broken);
void other_order(const ArchiveFacts& facts, const RuleReporter& broken);
void unusual_records(const ArchiveFacts& facts, const RuleReporter& broken);
void undeclared_letters(const ArchiveFacts& facts, const RuleReporter& broken);
void implausible_time(const ArchiveFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::zip_checks
