#include "verifier/rules/cod_rules.hpp"

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
      .built = false}},
    {{.id = "COD-02",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a code names the list that belongs to the element",
      .sources = Source::official_example,
      .remedy = "write the OID of that list",
      .built = false}},
    {{.id = "COD-03",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "code and text are filled in",
      .sources = Source::schema,
      .remedy = "write V and DN",
      .built = false}},
    {{.id = "COD-05",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "a code is in its list",
      .sources = Source::inference | Source::public_authority,
      .remedy = "check the code in the list",
      .does_not_prove = "anything for codes that are not in our part of the list",
      .built = false}},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> cod_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
