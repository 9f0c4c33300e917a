#include "verifier/rules/dat_rules.hpp"

#include "verifier/rules/dat_checks.hpp"

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
      .usual_cause = "a default such as the greatest date, or seconds taken for milliseconds",
      .supersedes = "DAT-07"},
     dat::later_than_now,
     {{{"hours ahead of the clock", 24}}}},
    {{.id = "DAT-02",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "the date of birth is possible",
      .sources = Source::inference,
      .remedy = "find the misspelt date",
      .usual_cause =
          "an empty date that became a default, or two digits of a year put into the wrong century",
      .supersedes = "PAT-08"},
     dat::impossible_birth,
     {{{"first year", 1890}}}},
    {{.id = "DAT-03",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "nothing happened before the patient was born",
      .sources = Source::inference,
      .remedy = "find out which of the dates is wrong",
      .usual_cause = "a default date in place of an unknown one, or an event of another person"},
     dat::before_birth},
    {{.id = "DAT-04",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "times of one element all have a zone, or none has",
      .sources = Source::official_example,
      .remedy = "write Norwegian time without zone, or a zone everywhere",
      .usual_cause = "two ways of writing times, one for values of a time library and one for texts"
     },
     dat::mixed_zones},
    {{.id = "DAT-05",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "dates may carry a zone",
      .sources = Source::official_example,
      .remedy = "nothing has to be done",
      .usual_cause = "dates that are printed by the code for times"},
     dat::dates_with_zone},
    {{.id = "DAT-06",
      .strict = info,
      .lenient = off,
      .stage = stage,
      .title = "seconds have at most three decimals",
      .sources = Source::official_example,
      .remedy = "nothing has to be done",
      .usual_cause = "times printed with all that the platform has"},
     dat::fine_decimals,
     {{{"decimals", 3}}}},
    {{.id = "DAT-07",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "nothing is later than the timestamps of the archive",
      .sources = Source::official_example,
      .remedy = "let the zip library write the time of the export",
      .usual_cause = "entries with a fixed time, or a clock that is wrong",
      .does_not_prove = "that the timestamps are those of the export: nobody has to set them"},
     dat::later_than_archive,
     {{{"hours behind the timestamp", 26}}}},
    {{.id = "DAT-08",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a validity begins before it ends",
      .sources = Source::inference,
      .remedy = "look for swapped dates",
      .usual_cause = "swapped fields, or a default for an open end"},
     dat::ends_before_it_begins},
    {{.id = "DAT-09",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a message is not older than 2008",
      .sources = Source::inference,
      .remedy = "find the misspelt date",
      .usual_cause = "a default in place of a time that is not known",
      .supersedes = "DAT-03",
      .supersedes_in = findings::Nearness::same_element},
     dat::old_message,
     {{{"first year", 2008}}}},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> dat_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
