#pragma once

#include "findings/judge.hpp"
#include "verifier/facts.hpp"

/// The checks behind the rows in dir_rules.cpp, one a rule.
namespace sfmkit::verifier::dir {

using findings::RuleReporter;

void no_organisation_file(const FolderFacts& facts, const RuleReporter& broken);
void no_index(const FolderFacts& facts, const RuleReporter& broken);
void misplaced_patient_file(const FolderFacts& facts, const RuleReporter& broken);
void gap_in_numbers(const FolderFacts& facts, const RuleReporter& broken);
void overfull_folder(const FolderFacts& facts, const RuleReporter& broken);
void folder_opened_early(const FolderFacts& facts, const RuleReporter& broken);
void patient_file_without_guid(const FolderFacts& facts, const RuleReporter& broken);
void capital_guid(const FolderFacts& facts, const RuleReporter& broken);
void repeated_guid(const FolderFacts& facts, const RuleReporter& broken);
void stray_export_file(const FolderFacts& facts, const RuleReporter& broken);
void decrypted_leftover(const FolderFacts& facts, const RuleReporter& broken);
void foreign_file(const FolderFacts& facts, const RuleReporter& broken);
void misplaced_report(const FolderFacts& facts, const RuleReporter& broken);
void empty_file(const FolderFacts& facts, const RuleReporter& broken);
void special_file(const FolderFacts& facts, const RuleReporter& broken);
void no_patient_file(const FolderFacts& facts, const RuleReporter& broken);
void folder_named_by_prose(const FolderFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::dir
