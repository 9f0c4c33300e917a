#include "verifier/rules/trt_reference_checks.hpp"
#include "verifier/rules/trt_rule_parts.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 10> rules = {{
    {{.id = "TRT-01",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "no two treatments of a patient have the same LibId",
      .sources = Source::schema,
      .remedy = "make one LibId for each treatment, over all four kinds",
      .usual_cause = "LibId taken from the medicine, so that the same medicine twice has the same"},
     trt::repeated_treatment_id},
    {{.id = "TRT-02",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "a prescription names prescribing details of its own treatment",
      .sources = Source::schema | Source::official_example,
      .remedy = "write the Id of a ForskrivningsInfo in the same treatment",
      .usual_cause = "details collected for the whole patient and written below the wrong treatment"
     },
     trt::unknown_details},
    {{.id = "TRT-03",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "all prescribing details are used",
      .sources = Source::official_example,
      .remedy = "leave out what no prescription names",
      .usual_cause = "details of versions that the export left out"},
     trt::unused_details},
    {{.id = "TRT-11",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "an electronic prescription has a ReseptId",
      .sources = Source::official_example,
      .remedy = "write the MsgId of the M1",
      .usual_cause = "ReseptId known to the module that sends messages, and not to the one that "
                     "exports"},
     trt::no_register_id},
    {{.id = "TRT-12",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the M1 of every ReseptId is among the messages",
      .sources = Source::official_example,
      .remedy = "export the message too",
      .usual_cause = "messages selected by age, so that the M1 of an old prescription is left out",
      .does_not_prove = "that the message says the same as the prescription"},
     trt::no_prescription_message},
    {{.id = "TRT-18",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "every user of a prescription is in the organisation file",
      .sources = Source::official_example,
      .remedy = "export the user too, also when inactive",
      .usual_cause = "only active users exported, while old prescriptions name former ones",
      .does_not_prove = "that the user is the one who did it",
      .needs_organisation = true},
     trt::unknown_prescription_user},
    {{.id = "TRT-19",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "every Bruker of a prescription has a BrukerId or an HPR number",
      .sources = Source::official_example,
      .remedy = "write Hpr for the prescriber and BrukerId for the others",
      .usual_cause =
          "one table of users for all roles, whoever works in another practice left empty"},
     trt::update_by_nobody},
    {{.id = "TRT-20",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "an electronic prescription names its prescriber",
      .sources = Source::official_example,
      .remedy = "write a Bruker of the kind Forskriver",
      .usual_cause = "prescribers of other practices are no users, and were left out"},
     trt::no_prescriber},
    {{.id = "TRT-26",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "dispensings name a prescription of the treatment and a message of the patient",
      .sources = Source::schema,
      .remedy = "export both, and name them by PrescriptionId and MsgId",
      .usual_cause = "the Id of the record in Meldinger in place of the MsgId"},
     trt::dispensing_of_nothing},
    {{.id = "TRT-41",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "who commented, deleted or ended is a user of the organisation file",
      .sources = Source::schema,
      .remedy = "export the user too, also when inactive",
      .usual_cause = "only active users exported, while old comments name former ones",
      .needs_organisation = true},
     trt::unknown_commenter},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> trt_reference_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
