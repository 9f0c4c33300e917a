#include "verifier/rules/pat_reaction_checks.hpp"

#include "verifier/element_values.hpp"
#include "verifier/export_path.hpp"
#include "verifier/fest_id.hpp"
#include "verifier/guid_form.hpp"
#include "verifier/rules/references.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sfmkit::verifier::pat {
namespace {

/// What the document tells of one GruppeId.
struct Group {
    Element last;  ///< HeadOfHistory of its last reaction
    std::vector<Element> heads;
};

void tell_id_of_warning(const ContentFacts& facts, const RuleReporter& broken, Element id) {
    if (id.text().empty() || is_fest_id(id.text())) return;
    tell(
        facts,
        broken,
        id,
        {.expected = "ID_ and a GUID in capitals, as in FEST",
         .actual = shown_text(id),
         .message = fmt::format("{} is no id of FEST", id.name())}
    );
}

bool says_nothing(Element discovery) {
    for (const Element child : Children(discovery)) {
        if (!is_nil(child)) return false;
    }
    return true;
}

}  // namespace

void repeated_reaction(const ContentFacts& facts, const RuleReporter& broken) {
    std::unordered_set<std::string> seen;
    for (const Element& reaction : facts.all("Legemiddelreaksjon")) {
        const Element id = reaction.child("Id");
        if (id.text().empty() || seen.insert(lower_case(id.text())).second) continue;
        tell(
            facts,
            broken,
            id,
            {.expected = "an Id that no other reaction has",
             .actual = shown_text(id),
             .message = "an earlier reaction has the same Id"}
        );
    }
}

void other_warning_id(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& reaction : facts.all("Legemiddelreaksjon")) {
        const Element id = reaction.child("Id");
        const Element warning = reaction.at("CAVE/CAVEId");
        if (id.text().empty() || warning.text().empty()) continue;
        if (same_without_case(id.text(), warning.text())) continue;
        tell(
            facts,
            broken,
            warning,
            {.expected = shown_text(id),
             .actual = shown_text(warning),
             .message = "CAVEId is another than the Id of the reaction"}
        );
    }
}

void group_without_one_head(const ContentFacts& facts, const RuleReporter& broken) {
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> by_id;
    for (const Element& reaction : facts.all("Legemiddelreaksjon")) {
        const std::string_view id = reaction.child("GruppeId").text();
        const Element head = reaction.child("HeadOfHistory");
        if (id.empty() || !head) continue;
        const auto [known, is_new] = by_id.emplace(lower_case(id), groups.size());
        if (is_new) groups.emplace_back();
        Group& group = groups[known->second];
        group.last = head;
        if (is_true(head)) group.heads.push_back(head);
    }
    for (const Group& group : groups) {
        if (group.heads.size() == 1) continue;
        const bool none = group.heads.empty();
        tell(
            facts,
            broken,
            none ? group.last : group.heads[1],
            {.expected = "HeadOfHistory true on one reaction of each GruppeId",
             .actual = fmt::format("true on {}", group.heads.size()),
             .message = none ? "no reaction of its group is the current one"
                             : "more than one reaction of the group is the current one"}
        );
    }
}

void likelihood_of_disproved(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& warning : facts.all("CAVE")) {
        const Element likelihood = warning.child("Sannsynlighet");
        if (!likelihood || !is_true(warning.child("Avkreftet"))) continue;
        tell(
            facts,
            broken,
            likelihood,
            {.expected = "no Sannsynlighet where Avkreftet is true",
             .actual = shown_attribute(likelihood, "V"),
             .message = "the reaction was disproved and is likely all the same"}
        );
    }
}

void comment_without_disproof(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& reaction : facts.all("Legemiddelreaksjon")) {
        const Element disproof = reaction.at("CAVE/Avkreftet");
        const Element comment = reaction.child("AvkreftetKommentar");
        const bool is_disproved = is_true(disproof);
        if (is_disproved != comment.text().empty()) continue;
        tell(
            facts,
            broken,
            is_disproved ? disproof : comment,
            {.expected = "AvkreftetKommentar where Avkreftet is true, and nowhere else",
             .actual = is_disproved ? "Avkreftet without a comment" : "a comment without Avkreftet",
             .message = is_disproved ? "nothing says why the reaction was disproved"
                                     : "a comment says why a reaction was disproved that was not"}
        );
    }
}

// Other systems may write a name: only what looks like the id of a user has to be one.
void unknown_registrar(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& reaction : facts.all("Legemiddelreaksjon")) {
        const Element registrar = reaction.child("RegistrertAv");
        if (guid_form(registrar.text()) != GuidForm::none) {
            tell_unless_user(facts, broken, registrar, "who registered the reaction is no user");
        }
        const Element deleter = reaction.at("Deleted/DeletedBy");
        if (guid_form(deleter.text()) != GuidForm::none) {
            tell_unless_user(facts, broken, deleter, "who deleted the reaction is no user");
        }
    }
}

void no_fest_id_in_warning(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& warning : facts.all("CAVE")) {
        tell_id_of_warning(facts, broken, warning.at("Virkestoff/VirkestoffId"));
        const Element brand = warning.child("LegemiddelMerkevare");
        tell_id_of_warning(facts, broken, brand.child("LegemiddelId"));
        for (const Element substance : Children(brand, "Virkestoff")) {
            tell_id_of_warning(facts, broken, substance.child("VirkestoffId"));
        }
    }
}

void discovered_never(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& discovery : facts.all("Oppdaget")) {
        if (says_nothing(discovery)) {
            tell(
                facts,
                broken,
                discovery,
                {.expected = "Dato, Alder, IkkeOppgitt or Ukjent",
                 .actual = "nothing",
                 .message = "Oppdaget does not say when the reaction was discovered"}
            );
            continue;
        }
        const Element age = discovery.child("Alder");
        const auto years = integer_in(age);
        if (!years || (*years >= broken.bound(0) && *years <= broken.bound(1))) continue;
        tell(
            facts,
            broken,
            age,
            {.expected = fmt::format("an age from {} to {}", broken.bound(0), broken.bound(1)),
             .actual = shown_text(age),
             .message = "nobody has this age"}
        );
    }
}

}  // namespace sfmkit::verifier::pat
