#pragma once

#include "findings/judge.hpp"
#include "verifier/export_identifiers.hpp"

/// Checks of one file against those before it.
namespace sfmkit::verifier::across {

using findings::RuleReporter;

void document_id_of_another(const AcrossFacts& facts, const RuleReporter& broken);
void number_of_another_patient(const AcrossFacts& facts, const RuleReporter& broken);
void code_with_another_name(const AcrossFacts& facts, const RuleReporter& broken);
void inbox_about_nothing(const AcrossFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::across
