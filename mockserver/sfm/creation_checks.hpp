#pragma once

#include "mockserver/sfm/creation_rules.hpp"

/// The checks of creation_rules(), in the order of their rows.
namespace sfmkit::mockserver::sfm {

using findings::RuleReporter;

void name_missing(const CreationFacts& facts, const RuleReporter& broken);
void content_type_missing(const CreationFacts& facts, const RuleReporter& broken);
void file_type_missing(const CreationFacts& facts, const RuleReporter& broken);
void session_id_missing(const CreationFacts& facts, const RuleReporter& broken);
void misspelt_key(const CreationFacts& facts, const RuleReporter& broken);
void unreadable_value(const CreationFacts& facts, const RuleReporter& broken);
void session_id_without_form(const CreationFacts& facts, const RuleReporter& broken);
void unknown_file_type(const CreationFacts& facts, const RuleReporter& broken);
void other_content_type(const CreationFacts& facts, const RuleReporter& broken);
void name_with_folder(const CreationFacts& facts, const RuleReporter& broken);
void name_of_other_type(const CreationFacts& facts, const RuleReporter& broken);
void name_without_form(const CreationFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::mockserver::sfm
