#include "verifier/rules/trt_rule_parts.hpp"
#include "verifier/rules/trt_state_checks.hpp"
#include "verifier/rules/trt_version_checks.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 7> rules = {{
    {{.id = "TRT-04",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "every version of a prescription has an id of its own",
      .sources = Source::official_example,
      .remedy = "write PrescriptionVersionId, one GUID for each version",
      .usual_cause = "the EHR keeps no id of a version; a GUID derived from its key does as well"},
     trt::version_without_id},
    {{.id = "TRT-05",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "the versions of a prescription form one chain",
      .sources = Source::official_example,
      .remedy = "let each version but the first name the PrescriptionVersionId of the one "
                "before it, in the same prescription",
      .usual_cause = "versions filtered or given new GUIDs after the references between them had "
                     "been set",
      .does_not_prove = "that no version is missing at the beginning or end of the chain"},
     trt::broken_version_chain},
    {{.id = "TRT-06",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "renewals form a chain inside the treatment",
      .sources = Source::official_example,
      .remedy = "name the renewed prescription by its PrescriptionId, and export it in the same "
                "treatment",
      .usual_cause = "only active prescriptions exported, and the one that was renewed left out"},
     trt::broken_renewal_chain},
    {{.id = "TRT-07",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "one version of each prescription is active",
      .sources = Source::official_example,
      .remedy = "set Aktiv on the newest version and on no other",
      .usual_cause = "Aktiv filled from whether the medicine is in use, which is another thing"},
     trt::not_one_active},
    {{.id = "TRT-08",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "one prescription of each treatment is the current one",
      .sources = Source::schema | Source::official_example,
      .remedy = "set HeadOfHistory on all versions of the newest prescription and on no other",
      .usual_cause = "HeadOfHistory taken from Aktiv; the one is about prescriptions, the other "
                     "about versions"},
     trt::not_one_head},
    {{.id = "TRT-09",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "versions stand in the order of time, the active one last",
      .sources = Source::official_example,
      .remedy = "sort the versions by Tidspunkt",
      .usual_cause = "versions written in the order of the database"},
     trt::versions_out_of_order},
    {{.id = "TRT-10",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a prescription keeps its ReseptId, and shares it with no other",
      .sources = Source::official_example,
      .remedy = "take ReseptId from the M1 that was sent",
      .usual_cause = "a new GUID for each version where the MsgId of the M1 belongs"},
     trt::changing_register_id},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> trt_version_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
