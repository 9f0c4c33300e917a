#include "verifier/rules/trt_rule_parts.hpp"
#include "verifier/rules/trt_time_checks.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 6> rules = {{
    {{.id = "TRT-23",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "nothing happened to a prescription before it was made",
      .sources = Source::inference,
      .remedy = "compare the clocks and time zones of what writes these times",
      .usual_cause = "one time in UTC, the other in Norwegian time"},
     trt::event_before_prescription},
    {{.id = "TRT-25",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "treatment did not begin after its first version was written",
      .sources = Source::official_example,
      .remedy = "look for swapped dates",
      .usual_cause = "the date of the export or of the latest renewal in place of the first"},
     trt::begins_after_prescription},
    {{.id = "TRT-30",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a prescription expires after it was written, and within a year",
      .sources = Source::official_example | Source::inference,
      .remedy = "look for swapped dates",
      .usual_cause = "day and month swapped, or the year of the export added"},
     trt::wrong_expiry,
     {{{.what = "years", .value = 1}, {.what = "days", .value = 1}}}},
    {{.id = "TRT-36",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "a period begins before it ends, and both are ISO dates",
      .sources = Source::schema | Source::official_example,
      .remedy = "write dates as yyyy-mm-dd, the earlier one first",
      .usual_cause = "dates printed in the format of the country, which the schema does not notice"
     },
     trt::wrong_period},
    {{.id = "TRT-42",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "an answer is not older than its question",
      .sources = Source::inference,
      .remedy = "compare the clocks and time zones of what writes these times",
      .usual_cause = "one time in UTC, the other in Norwegian time"},
     trt::answer_before_question},
    {{.id = "TRT-43",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "treatment and prescription agree on when they were ended",
      .sources = Source::schema,
      .remedy = "nothing has to be done",
      .usual_cause = "the end of the treatment changed later than that of the prescription"},
     trt::ends_differ},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> trt_time_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
