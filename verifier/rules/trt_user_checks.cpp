#include "verifier/id_map.hpp"
#include "verifier/rules/references.hpp"
#include "verifier/rules/trt_details.hpp"
#include "verifier/rules/trt_histories.hpp"
#include "verifier/rules/trt_reference_checks.hpp"
#include "verifier/rules/trt_words.hpp"

#include <fmt/format.h>

#include <vector>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;

constexpr auto filtered_users =
    "the organisation file holds active users only (C#: Where(u => u.IsActive), Java: "
    "filter(User::isActive), Node: filter(u => u.active)), or user ids were made anew for it";
constexpr std::string_view prescriber = "Forskriver";
constexpr std::string_view signer = "Signed by";

bool is(std::string_view kind, std::string_view wanted) {
    return IdEqual()(kind, wanted);
}

/// Visits every BrukerId of a version of a prescription.
template <class Visit>
void each_user_of(Element version, Visit visit) {
    for (const Element& user : Children(version.child("Brukere"))) visit(user.child("BrukerId"));
    for (const std::string_view event : {"Slettet", "Fjernet", "Seponering"}) {
        visit(version.child(event).child("BrukerId"));
    }
}

struct Unknown {
    Element first;
    std::size_t times = 0;
};

void tell_unknown_user(
    const ContentFacts& facts, const RuleReporter& broken, const Unknown& unknown
) {
    tell_made(facts, broken, unknown.first, [&] {
        return Observation{
            .expected = "the Id of a Helseperson in ExportData.dat",
            .actual = shown_text(unknown.first),
            .message = fmt::format(
                "a user of prescriptions is not in the organisation file; named {} here",
                unknown.times == 1 ? "once" : fmt::format("{} times", unknown.times)
            ),
            .likely_cause = filtered_users
        };
    });
}

/// What identifies the user of a Bruker is not what its kind asks for; empty when it is.
std::string_view missing_in(Element user) {
    const bool has_id = !user.child("BrukerId").text().empty();
    const bool has_number = !user.child("Hpr").text().empty();
    const std::string_view kind = user.child("TypeOppdatering").text();
    if (!has_id && !has_number) return "neither BrukerId nor Hpr tells who it was";
    const bool outside = is(kind, prescriber) || is(kind, signer);
    if (outside && !has_number) return "who prescribes or signs is named by Hpr";
    // What kind an unknown word is, nobody knows: TRT-17 has told.
    const bool inside = !outside && !without_case(kind, update_kinds()).empty();
    return inside && !has_id ? "a user of the practice is named by BrukerId" : "";
}

/// Has one, or may have one under a kind that nobody knows.
bool may_have_prescriber(Element version) {
    for (const Element& user : Children(version.child("Brukere"))) {
        const std::string_view kind = user.child("TypeOppdatering").text();
        if (is(kind, prescriber) || without_case(kind, update_kinds()).empty()) return true;
    }
    return false;
}

}  // namespace

void unknown_prescription_user(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.organisation == nullptr) return;
    IdMap<Unknown> unknown;
    IdMap<bool> known;
    std::vector<std::string_view> order;
    for (const Element& version : facts.all("Prescription")) {
        each_user_of(version, [&](Element user) {
            const std::string_view id = user.text();
            if (id.empty()) return;
            const auto [found, is_new] = known.emplace(id, false);
            if (is_new) found->second = facts.organisation->has_user(id);
            if (found->second) return;
            Unknown& told = unknown[id];
            if (told.times++ == 0) {
                told.first = user;
                order.push_back(id);
            }
        });
    }
    for (const std::string_view id : order) tell_unknown_user(facts, broken, unknown[id]);
}

void update_by_nobody(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& version : facts.all("Prescription")) {
        for (const Element& user : Children(version.child("Brukere"))) {
            const std::string_view missing = missing_in(user);
            if (missing.empty()) continue;
            tell_made(facts, broken, user, [&] {
                const bool has_id = !user.child("BrukerId").text().empty();
                const bool has_number = !user.child("Hpr").text().empty();
                return Observation{
                    .expected = "Hpr for Forskriver and Signed by, BrukerId for all other kinds",
                    .actual = has_id ? "BrukerId alone" : (has_number ? "Hpr alone" : "neither"),
                    .message = std::string(missing)
                };
            });
        }
    }
}

void no_prescriber(const ContentFacts& facts, const RuleReporter& broken) {
    Element told_treatment;
    IdMap<bool> told;
    each_version(facts, [&](Element version, Element info) {
        if (version.parent() != told_treatment) told = {};
        told_treatment = version.parent();
        const std::string_view type = info.child("ForskrivningsType").attribute("V");
        if ((type != "eRp" && type != "iRp") || may_have_prescriber(version)) return;
        if (!told.emplace(version.child("PrescriptionId").text(), true).second) return;
        tell_made(facts, broken, version, [&] {
            return Observation{
                .expected = "a Bruker with TypeOppdatering Forskriver and an HPR number",
                .actual = "none",
                .message = fmt::format(
                    "prescription {} is of the kind {}, and nobody is its prescriber",
                    shown_text(version.child("PrescriptionId")),
                    type
                )
            };
        });
    });
}

void unknown_commenter(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& treatment : treatments_in(facts)) {
        for (const Element& comment : Children(treatment, "LokalKommentar")) {
            tell_unless_user(
                facts, broken, comment.child("BrukerId"), "who commented on a treatment is no user"
            );
            tell_unless_user(
                facts,
                broken,
                comment.child("Slettet").child("BrukerId"),
                "who deleted a comment on a treatment is no user"
            );
        }
        tell_unless_user(
            facts,
            broken,
            treatment.child("Seponering").child("BrukerId"),
            "who ended a treatment is no user"
        );
    }
}

}  // namespace sfmkit::verifier::trt
