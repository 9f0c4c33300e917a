#include "verifier/rules/dat_rules.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 9> rules = {{
    {{.id = "DAT-01",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "nothing happened later than the export",
      .sources = Source::official_example,
      .remedy = "compare the clocks and time zones of what writes these times",
      .built = false}},
    {{.id = "DAT-02",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "the date of birth is possible",
      .sources = Source::inference,
      .remedy = "find the misspelt date",
      .built = false}},
    {{.id = "DAT-03",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "nothing happened before the patient was born",
      .sources = Source::inference,
      .remedy = "find out which of the dates is wrong",
      .built = false}},
    {{.id = "DAT-04",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "times of one element all have a zone, or none has",
      .sources = Source::official_example,
      .remedy = "write Norwegian time without zone, or a zone everywhere",
      .built = false}},
    {{.id = "DAT-05",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "dates may carry a zone",
      .sources = Source::official_example,
      .remedy = "nothing has to be done",
      .built = false}},
    {{.id = "DAT-06",
      .strict = info,
      .lenient = off,
      .stage = stage,
      .title = "seconds have at most three decimals",
      .sources = Source::official_example,
      .remedy = "nothing has to be done",
      .built = false}},
    {{.id = "DAT-07",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "nothing is later than the timestamps of the archive",
      .sources = Source::official_example,
      .remedy = "let the zip library write the time of the export",
      .built = false}},
    {{.id = "DAT-08",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a validity begins before it ends",
      .sources = Source::inference,
      .remedy = "look for swapped dates",
      .built = false}},
    {{.id = "DAT-09",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a message is not older than 2008",
      .sources = Source::inference,
      .remedy = "find the misspelt date",
      .built = false}},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> dat_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
