#include "verifier/rules/across_rules.hpp"

#include "verifier/rules/across_checks.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<AcrossFacts>, 2> patient_rules = {{
    {{.id = "PAT-02",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "no two patient documents have the same Id",
      .sources = Source::page_text,
      .remedy = "write one file for each patient",
      .usual_cause = "a loop that keeps the first patient's Id, or a patient exported twice"},
     across::document_id_of_another},
    {{.id = "PAT-04",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "no two patients share an identity number",
      .sources = Source::inference,
      .remedy = "look for a patient who was registered twice",
      .does_not_prove = "that each number belongs to its patient"},
     across::number_of_another_patient},
}};

const std::array<CheckedRule<AcrossFacts>, 1> code_rules = {{
    {{.id = "COD-04",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "one code has one text in the whole export",
      .sources = Source::official_example,
      .remedy = "copy the text from the code list"},
     across::code_with_another_name},
}};

const std::array<CheckedRule<AcrossFacts>, 1> organisation_rules = {{
    {{.id = "ORG-33",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "prescription and document of an inbox message exist in the patient file",
      .sources = Source::official_example,
      .remedy = "look for messages about what was deleted"},
     across::inbox_about_nothing},
}};

}  // namespace

std::span<const CheckedRule<AcrossFacts>> pat_across_rules() noexcept {
    return patient_rules;
}

std::span<const CheckedRule<AcrossFacts>> cod_across_rules() noexcept {
    return code_rules;
}

std::span<const CheckedRule<AcrossFacts>> org_across_rules() noexcept {
    return organisation_rules;
}

}  // namespace sfmkit::verifier
