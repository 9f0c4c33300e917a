#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

/// The checks behind the rows in msg_rules.cpp, one a rule.
namespace sfmkit::verifier::msg {

using findings::RuleReporter;

// Records and the entries of the archive.
void file_missing(const ContentFacts& facts, const RuleReporter& broken);
void entry_not_named(const ContentFacts& facts, const RuleReporter& broken);
void file_named_twice(const ContentFacts& facts, const RuleReporter& broken);
void file_outside(const ContentFacts& facts, const RuleReporter& broken);
void unusual_file_name(const ContentFacts& facts, const RuleReporter& broken);
void file_not_named_by_message(const ContentFacts& facts, const RuleReporter& broken);
void no_messages(const ContentFacts& facts, const RuleReporter& broken);

// Records among each other.
void repeated_id(const ContentFacts& facts, const RuleReporter& broken);
void parent_missing(const ContentFacts& facts, const RuleReporter& broken);
void other_kind_answered(const ContentFacts& facts, const RuleReporter& broken);
void repeated_message_id(const ContentFacts& facts, const RuleReporter& broken);
void unknown_type(const ContentFacts& facts, const RuleReporter& broken);
void unknown_state(const ContentFacts& facts, const RuleReporter& broken);
void unusual_state(const ContentFacts& facts, const RuleReporter& broken);
void unusual_import(const ContentFacts& facts, const RuleReporter& broken);

// Records and what stands in their files.
void other_message_id(const ContentFacts& facts, const RuleReporter& broken);
void other_type(const ContentFacts& facts, const RuleReporter& broken);
void other_time(const ContentFacts& facts, const RuleReporter& broken);
void other_patient(const ContentFacts& facts, const RuleReporter& broken);
void foreign_parties(const ContentFacts& facts, const RuleReporter& broken);
void not_signed(const ContentFacts& facts, const RuleReporter& broken);
void conversation_cut(const ContentFacts& facts, const RuleReporter& broken);

// Message files on their own: nobody has to name them.
void no_message(const DocumentFacts& facts, const RuleReporter& broken);
void document_type(const DocumentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::msg
