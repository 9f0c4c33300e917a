#include "verifier/rules/trt_order_checks.hpp"
#include "verifier/rules/trt_rule_parts.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 7> rules = {{
    {{.id = "TRT-32",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a package has number and item number, a substance or brand has an amount",
      .sources = Source::official_example,
      .remedy = "write Antall and Varenr, or Mengde",
      .usual_cause = "Antall and Mengde filled from the same field of the EHR"},
     trt::amount_unlike_drug},
    {{.id = "TRT-33",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "Varenr has six digits",
      .sources = Source::official_example,
      .remedy = "keep leading zeros",
      .usual_cause = "item numbers kept as numbers, which loses leading zeros"},
     trt::wrong_item_number,
     {{{.what = "digits", .value = 6}}}},
    {{.id = "TRT-34",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "medicines, substances and packages have ids of FEST",
      .sources = Source::official_example,
      .remedy = "write ID_ and the GUID in capitals, as FEST does",
      .usual_cause = "GUIDs parsed and printed again, which makes small letters",
      .does_not_prove = "that FEST has such an id"},
     trt::no_fest_id},
    {{.id = "TRT-37",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "amounts are finite and not negative",
      .sources = Source::schema | Source::inference,
      .remedy = "look for divisions by zero; write 0 to 99 repetitions and at least one package",
      .usual_cause = "a division by zero, or a missing number printed as NaN"},
     trt::impossible_amount,
     {{{.what = "fewest repeats", .value = 0},
       {.what = "most repeats", .value = 99},
       {.what = "packages that are none", .value = 0}}}},
    {{.id = "TRT-38",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the lowest INR is not above the highest",
      .sources = Source::inference,
      .remedy = "swap the limits",
      .usual_cause = "limits typed in the wrong fields"},
     trt::swapped_limits},
    {{.id = "TRT-39",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "an exact time of giving has a clock time or a part of the day",
      .sources = Source::inference,
      .remedy = "write Klokkeslett or Tidsomrade",
      .usual_cause = "GisEksakt set by default"},
     trt::exact_dose_without_time},
    {{.id = "TRT-40",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the dispenser has a right organisation number",
      .sources = Source::inference,
      .remedy = "check the nine digits",
      .usual_cause = "a customer number or HER-id in the field of the organisation number"},
     trt::wrong_dispenser_number},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> trt_order_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
