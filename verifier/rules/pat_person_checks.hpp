#pragma once

#include "verifier/content_facts.hpp"

/// Checks of the PAT rules about who the patient is.
namespace sfmkit::verifier::pat {

using findings::RuleReporter;

void file_of_another_patient(const ContentFacts& facts, const RuleReporter& broken);
void no_national_number(const ContentFacts& facts, const RuleReporter& broken);
/// Bound: birth numbers that a patient may have.
void several_birth_numbers(const ContentFacts& facts, const RuleReporter& broken);
void no_id_of_own_system(const ContentFacts& facts, const RuleReporter& broken);
void no_birth_date(const ContentFacts& facts, const RuleReporter& broken);
void another_birth_date(const ContentFacts& facts, const RuleReporter& broken);
void unknown_sex(const ContentFacts& facts, const RuleReporter& broken);
void another_sex(const ContentFacts& facts, const RuleReporter& broken);
void doctor_without_number(const ContentFacts& facts, const RuleReporter& broken);
/// Bound: digits of a municipality.
void care_service_without_codes(const ContentFacts& facts, const RuleReporter& broken);
/// Bounds: digits of a postal code, digits of a county, letters of a country.
void address_without_codes(const ContentFacts& facts, const RuleReporter& broken);
void address_without_scheme(const ContentFacts& facts, const RuleReporter& broken);

}  // namespace sfmkit::verifier::pat
