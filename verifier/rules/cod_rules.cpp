#include "verifier/rules/cod_rules.hpp"

#include "verifier/rules/cod_checks.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 4> rules = {{
    {{.id = "COD-01",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a code names its list by OID",
      .sources = Source::official_example,
      .remedy = "write the OID under 2.16.578.1.12.4.1.1",
      .usual_cause = "the name of the list, nothing, or a URN in place of the OID"},
     cod::no_list},
    {{.id = "COD-02",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a code names the list that belongs to the element",
      .sources = Source::official_example,
      .remedy = "write the OID of that list",
      .usual_cause = "one OID for all codes, or a line of a table that was copied"},
     cod::list_of_another_element},
    {{.id = "COD-03",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "code and text are filled in",
      .sources = Source::schema,
      .remedy = "write V and DN",
      .usual_cause = "codes whose texts were not loaded, and empty values of forms"},
     cod::empty_code_or_text},
    {{.id = "COD-05",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "a code is in its list",
      .sources = Source::inference | Source::public_authority,
      .remedy = "check the code in the list",
      .usual_cause = "codes of a local list, or words in place of codes",
      .does_not_prove = "anything for codes that are not in our part of the list"},
     cod::code_out_of_list},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> cod_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
