#include "verifier/rules/led_rules.hpp"

#include "verifier/rules/led_checks.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::folder;

const std::array<CheckedRule<Ledger>, 3> rules = {{
    {{.id = "LED-01",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a ledger can be read, and what it lists is there",
      .sources = Source::official_uploader,
      .remedy = "delete .ledger; the uploader makes a new one"},
     led::unusable_ledger},
    {{.id = "LED-02",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "an export that is handed in was not uploaded before",
      .sources = Source::official_uploader,
      .remedy = "hand in a fresh export, or delete .ledger if the upload was a trial",
      .does_not_prove = "that nobody uploaded it: the ledger may have been deleted"},
     led::uploaded_before},
    {{.id = "LED-03",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "the ledger takes each file for what its folder says",
      .sources = Source::official_uploader,
      .remedy = "delete .ledger; the uploader makes a new one"},
     led::other_classification},
}};

}  // namespace

std::span<const CheckedRule<Ledger>> led_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
