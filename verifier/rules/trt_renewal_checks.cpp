#include "verifier/cycles.hpp"
#include "verifier/id_map.hpp"
#include "verifier/rules/trt_histories.hpp"
#include "verifier/rules/trt_version_checks.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;

constexpr auto lost_prescription =
    "the renewed prescription was left out of the export as no longer active (C#: Where(p => "
    "p.Aktiv), Java: filter(Prescription::isAktiv), Node: filter(p => p.aktiv)); export it with "
    "HeadOfHistory false";
constexpr auto other_treatment =
    "the renewal got a treatment of its own; prescriptions that renew each other share one LibId";
constexpr auto version_id =
    "PrescriptionVersionId of the renewed prescription was written; PrescriptionId is wanted here";
constexpr auto own_id =
    "the reference was set after the id of the new prescription had been copied into the object "
    "that holds the old one";

/// Tells about renewals that lead nowhere or in a circle; once for all versions that repeat it.
class RenewalCheck {
  public:
    RenewalCheck(const ContentFacts& facts, const RuleReporter& broken)
        : facts_(facts), broken_(broken), all_(histories_of(facts)) {
        for (std::size_t i = 0; i < all_.prescriptions.size(); ++i) {
            anywhere_.emplace(all_.prescriptions[i].id, i);
        }
        for (const Version& version : all_.versions) versions_.emplace(version.id, &version);
        renewed_.resize(all_.prescriptions.size());
        references_.resize(all_.prescriptions.size());
    }

    void run() {
        const auto& prescriptions = all_.prescriptions;
        for (std::size_t begin = 0; begin < prescriptions.size();) {
            IdMap<std::size_t> here;
            std::size_t end = begin;
            while (end < prescriptions.size() &&
                   prescriptions[end].treatment == prescriptions[begin].treatment) {
                here.emplace(prescriptions[end].id, end);
                ++end;
            }
            for (; begin < end; ++begin) resolve(begin, here);
        }
        for (const auto& ring : cycles_in(renewed_)) tell_ring(ring);
    }

  private:
    void resolve(std::size_t number, const IdMap<std::size_t>& here) {
        IdMap<bool> told;
        for (const std::size_t i : all_.prescriptions[number].versions) {
            const Element reference = all_.versions[i].element.child("RefForrigePrescription");
            const std::string_view id = reference.text();
            if (id.empty()) continue;
            const auto found = here.find(id);
            if (found != here.end()) {
                if (!renewed_[number]) references_[number] = reference;
                renewed_[number] = found->second;
            } else if (told.emplace(id, true).second) {
                tell_unresolved(all_.prescriptions[number], reference);
            }
        }
    }

    void tell_unresolved(const Prescription& prescription, Element reference) {
        const auto other = anywhere_.find(reference.text());
        const auto version = versions_.find(reference.text());
        if (other != anywhere_.end()) {
            const Element treatment = all_.prescriptions[other->second].treatment;
            tell_at(
                prescription,
                reference,
                "renews a prescription of another treatment, " +
                    shown_text(treatment.child("LibId")),
                other_treatment
            );
        } else if (version != versions_.end()) {
            tell_at(
                prescription,
                reference,
                "renews " + version_words(all_, *version->second) + ": a version, no prescription",
                version_id
            );
        } else {
            tell_at(
                prescription,
                reference,
                "renews a prescription that is nowhere in the document",
                lost_prescription
            );
        }
    }

    void tell_ring(const std::vector<std::size_t>& ring) {
        const Prescription& prescription = all_.prescriptions[ring.front()];
        if (ring.size() == 1) {
            tell_at(prescription, references_[ring.front()], "renews itself", own_id);
            return;
        }
        const auto what = fmt::format(
            "renews itself by way of prescription {}: a ring of {} prescriptions",
            shown_text(all_.first(all_.prescriptions[ring[1]]).element.child("PrescriptionId")),
            ring.size()
        );
        tell_at(prescription, references_[ring.front()], what, own_id);
    }

    void tell_at(
        const Prescription& prescription,
        Element reference,
        std::string_view what,
        std::string_view cause
    ) {
        tell_made(facts_, broken_, reference, [&] {
            return Observation{
                .expected = "the PrescriptionId of another prescription of the same treatment",
                .actual = shown_text(reference),
                .message = fmt::format("{} {}", prescription_words(all_, prescription), what),
                .likely_cause = std::string(cause)
            };
        });
    }

    const ContentFacts& facts_;
    const RuleReporter& broken_;
    const Histories& all_;
    IdMap<std::size_t> anywhere_;                      ///< prescriptions by PrescriptionId
    IdMap<const Version*> versions_;                   ///< by PrescriptionVersionId
    std::vector<std::optional<std::size_t>> renewed_;  ///< by prescription
    std::vector<Element> references_;                  ///< by prescription: which says so
};

}  // namespace

void broken_renewal_chain(const ContentFacts& facts, const RuleReporter& broken) {
    RenewalCheck(facts, broken).run();
}

}  // namespace sfmkit::verifier::trt
