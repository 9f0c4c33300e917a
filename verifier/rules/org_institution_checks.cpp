#include "verifier/guid_form.hpp"
#include "verifier/rules/org_checks.hpp"
#include "verifier/rules/org_parts.hpp"

#include <string>

namespace sfmkit::verifier::org {
namespace {

void tell_without_ident(
    const ContentFacts& facts,
    const RuleReporter& broken,
    std::string_view kind,
    std::string_view message
) {
    for (const Element& institution : elements_below(facts, "ExportImport", "Institusjon")) {
        if (has_ident(institution, kind)) continue;
        tell(
            facts,
            broken,
            institution,
            {.expected = "an Ident with TypeId " + std::string(kind),
             .actual = "none",
             .message = std::string(message)}
        );
    }
}

}  // namespace

void institutions_without_own_guid(const ContentFacts& facts, const RuleReporter& broken) {
    const auto ids = elements_below(facts, "Institusjon", "Id");
    for (const Element& id : ids) {
        if (guid_form(id.text()) != GuidForm::none) continue;
        tell(
            facts,
            broken,
            id,
            {.expected = "a GUID",
             .actual = id.text().empty() ? "empty" : shown_text(id),
             .message = "the Id of an institution is no GUID",
             .severity = findings::Severity::warning}
        );
    }
    tell_repeated(facts, broken, ids, "an earlier institution has the same Id");
}

void institution_without_her_id(const ContentFacts& facts, const RuleReporter& broken) {
    tell_without_ident(
        facts, broken, "HER", "no messages about prescriptions reach an institution without HER id"
    );
}

void institution_without_number(const ContentFacts& facts, const RuleReporter& broken) {
    tell_without_ident(facts, broken, "ENH", "the institution has no organisation number");
}

void unknown_user(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.is_patient() || facts.organisation == nullptr) return;
    for (const Element& user : facts.all("BrukerId")) {
        if (user.text().empty() || facts.organisation->has_user(user.text())) continue;
        tell(
            facts,
            broken,
            user,
            {.expected = "the Id of a Helseperson in the same file",
             .actual = shown_text(user),
             .message = "no user of the file has this Id"}
        );
    }
}

void unknown_institution(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.is_patient() || facts.organisation == nullptr) return;
    for (const Element& institution : facts.all("InstitusjonsId")) {
        const std::string_view id = institution.text();
        if (id.empty() || facts.organisation->has_institution(id)) continue;
        tell(
            facts,
            broken,
            institution,
            {.expected = "the Id of an Institusjon in the same file",
             .actual = shown_text(institution),
             .message = "no institution of the file has this Id"}
        );
    }
}

}  // namespace sfmkit::verifier::org
