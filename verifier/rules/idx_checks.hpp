#pragma once

#include "findings/judge.hpp"
#include "verifier/index_reader.hpp"

/// The checks behind the rows in idx_rules.cpp, one a rule. How the whole file is written is told
/// once, with the number of lines; what a single line says is told for each.
namespace sfmkit::verifier::idx {

using findings::RuleReporter;

void line_without_file(const Index& index, const RuleReporter& broken);
void file_without_line(const Index& index, const RuleReporter& broken);
void repeated_line(const Index& index, const RuleReporter& broken);
void other_line_ends(const Index& index, const RuleReporter& broken);
void other_separators(const Index& index, const RuleReporter& broken);
void path_outside(const Index& index, const RuleReporter& broken);
void other_pattern(const Index& index, const RuleReporter& broken);
void last_line_open(const Index& index, const RuleReporter& broken);
void other_encoding(const Index& index, const RuleReporter& broken);
void other_order(const Index& index, const RuleReporter& broken);
void no_patient_line(const Index& index, const RuleReporter& broken);
void stray_blanks(const Index& index, const RuleReporter& broken);

}  // namespace sfmkit::verifier::idx
