#include "verifier/rules/pat_reaction_checks.hpp"
#include "verifier/rules/pat_rule_parts.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

const std::array<CheckedRule<ContentFacts>, 8> rules = {{
    {{.id = "PAT-16",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "no two reactions have the same Id",
      .sources = Source::schema,
      .remedy = "make one Id for each reaction",
      .usual_cause = "versions of one reaction are exported with the Id of the reaction"},
     pat::repeated_reaction},
    {{.id = "PAT-17",
      .strict = info,
      .lenient = off,
      .stage = stage,
      .title = "CAVEId is the Id of its reaction",
      .sources = Source::official_example,
      .remedy = "nothing has to be done"},
     pat::other_warning_id},
    {{.id = "PAT-18",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "one reaction of each group is the current one",
      .sources = Source::schema | Source::inference,
      .remedy = "set HeadOfHistory on the newest reaction of a group and on no other",
      .usual_cause = "the flag is kept when a newer version of the reaction is stored"},
     pat::group_without_one_head},
    {{.id = "PAT-19",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a disproved reaction states no likelihood",
      .sources = Source::schema,
      .remedy = "leave Sannsynlighet out where Avkreftet is true",
      .usual_cause = "the field keeps its value when the reaction is disproved"},
     pat::likelihood_of_disproved},
    {{.id = "PAT-20",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a disproved reaction has a comment, and no other has",
      .sources = Source::inference,
      .remedy = "write AvkreftetKommentar with Avkreftet",
      .usual_cause =
          "comments are kept in another place and not exported, or are left when it is taken back"},
     pat::comment_without_disproof},
    {{.id = "PAT-21",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "who registered or deleted a reaction is a user of the organisation file",
      .sources = Source::official_example,
      .remedy = "export the user too, also when inactive",
      .usual_cause = "users who have left are not exported",
      .needs_organisation = true},
     pat::unknown_registrar},
    {{.id = "PAT-22",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "substances and brands in reactions have ids of FEST",
      .sources = Source::official_example,
      .remedy = "write ID_ and the GUID in capitals, as FEST does",
      .usual_cause = "ids of another register of medicines, or GUIDs in small letters"},
     pat::no_fest_id_in_warning},
    {{.id = "PAT-23",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "Oppdaget is filled in, and the age is possible",
      .sources = Source::schema,
      .remedy = "write the date, or an age from 0 to 125",
      .usual_cause = "an empty form is exported as an empty element, or an age in months"},
     pat::discovered_never,
     {{{"youngest age", 0}, {"oldest age", 125}}}},
}};

}  // namespace

std::span<const CheckedRule<ContentFacts>> pat_reaction_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
