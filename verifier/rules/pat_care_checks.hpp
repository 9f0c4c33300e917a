#pragma once

#include "verifier/content_facts.hpp"

/// Checks of the PAT rules about what a patient document has to hold, and about what stands behind
/// the treatments.
namespace sfmkit::verifier::pat {

using findings::RuleReporter;

void no_messages(const ContentFacts& facts, const RuleReporter& broken);
void no_treatments(const ContentFacts& facts, const RuleReporter& broken);
void no_reactions(const ContentFacts& facts, const RuleReporter& broken);
/// Bound: comments that may be the default.
void several_default_comments(const ContentFacts& facts, const RuleReporter& broken);
void unknown_reviewer(const ContentFacts& facts, const RuleReporter& broken);
void review_without_message(const ContentFacts& facts, const RuleReporter& broken);
void application_without_message(const ContentFacts& facts, const RuleReporter& broken);
void unknown_kind_of_application(const ContentFacts& facts, const RuleReporter& broken);
void draft_that_was_sent(const ContentFacts& facts, const RuleReporter& broken);
void decision_after_its_end(const ContentFacts& facts, const RuleReporter& broken);
/// Bound: smallest number.
void time_without_meaning(const ContentFacts& facts, const RuleReporter& broken);
void history_beyond_text(const ContentFacts& facts, const RuleReporter& broken);
void interaction_without_treatments(const ContentFacts& facts, const RuleReporter& broken);
void unknown_user_of_interaction(const ContentFacts& facts, const RuleReporter& broken);
void no_fest_id_of_interaction(const ContentFacts& facts, const RuleReporter& broken);
void unknown_approval(const ContentFacts& facts, const RuleReporter& broken);
void approval_of_nothing(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::pat
