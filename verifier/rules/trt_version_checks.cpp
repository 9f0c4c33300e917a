#include "verifier/rules/trt_version_checks.hpp"

#include "verifier/cycles.hpp"
#include "verifier/id_map.hpp"
#include "verifier/rules/trt_histories.hpp"
#include "verifier/sfm_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;
using Fault = VersionLinks::Fault;

constexpr auto copied_id =
    "a version was copied with its id (C#: with { } or MemberwiseClone, Java: a copy constructor, "
    "Node: {...version}); make a new GUID for each copy";
constexpr auto lost_version =
    "versions were filtered after the references were set (C#: Where, Java: stream().filter, Node: "
    "Array.filter), or a version got a new GUID (Guid.NewGuid, UUID.randomUUID, "
    "crypto.randomUUID) and the reference kept the old one";
constexpr auto wrong_id =
    "PrescriptionId and PrescriptionVersionId were mixed up: the first stays the same over all "
    "versions, the second is new in each";
constexpr auto new_prescription_id =
    "PrescriptionId was made anew for a version (Guid.NewGuid, UUID.randomUUID or "
    "crypto.randomUUID inside the loop over versions), or the loop ran on into the next "
    "prescription with the last version still in its variable";
constexpr auto stale_variable =
    "the reference was set from a variable that the loop over versions did not move on (C#, Java: "
    "a field or captured local; Node: a closure), or before the list was sorted";
constexpr auto lost_reference =
    "the reference is written only where the EHR keeps one, and an imported or corrected version "
    "has none; set it from the version before, after sorting by Tidspunkt";
constexpr auto other_direction =
    "the reference was filled with the next version, or after sorting with the newest first (C#: "
    "OrderByDescending, Java: Comparator.reversed, Node: sort((a, b) => b - a))";
constexpr std::size_t most_members_shown = 5;

/// Tells about broken links between versions, each mistake once.
class ChainCheck {
  public:
    ChainCheck(const ContentFacts& facts, const RuleReporter& broken)
        : facts_(facts),
          broken_(broken),
          all_(histories_of(facts)),
          links_(links_of(facts)),
          on_ring_(all_.versions.size()),
          lacks_id_(all_.prescriptions.size()) {
        for (std::size_t i = 0; i < all_.versions.size(); ++i) {
            const Version& version = all_.versions[i];
            const auto same = links_.same_id[i];
            if (version.id.empty() || same) lacks_id_[version.prescription] = true;
            if (same) lacks_id_[all_.versions[*same].prescription] = true;
        }
    }

    void run() {
        for (const auto& ring : cycles_in(links_.before)) tell_ring(ring);
        for (std::size_t i = 0; i < all_.versions.size(); ++i) tell_reference(i);
        for (const Prescription& prescription : all_.prescriptions) {
            tell_forks(prescription);
            if (!tell_beginnings(prescription)) tell_reversed(prescription);
        }
    }

  private:
    std::string words(const Version& version) const { return version_words(all_, version); }

    /// What the reference of a version should be, as far as the order of the document tells.
    std::string expected_for(const Version& version) const {
        if (version.ordinal == 1) return "nothing: it is the first version in the document";
        const auto& versions = all_.of(version).versions;
        const Version& before = all_.versions[versions[version.ordinal - 2]];
        if (before.id.empty()) return "the PrescriptionVersionId of the version before it";
        return fmt::format(
            "{}, the PrescriptionVersionId of {}",
            shown_text(before.element.child("PrescriptionVersionId")),
            ordinal_words(all_, before)
        );
    }

    void tell_at(
        Element element, const Version& version, std::string_view what, std::string_view cause
    ) {
        tell_made(facts_, broken_, element, [&] {
            return Observation{
                .expected = expected_for(version),
                .actual = element == version.element ? "no RefForrigePrescriptionVersion"
                                                     : shown_text(element),
                .message = fmt::format("{} {}", words(version), what),
                .likely_cause = std::string(cause)
            };
        });
    }

    void tell_ring(const std::vector<std::size_t>& ring) {
        for (const std::size_t member : ring) on_ring_[member] = true;
        const Version& version = all_.versions[ring.front()];
        if (ring.size() == 1) {
            tell_at(
                version.before, version, "names itself as the version before it", stale_variable
            );
            return;
        }
        std::string members;
        for (std::size_t i = 1; i < std::min(ring.size(), most_members_shown); ++i) {
            members += fmt::format("version {}, ", all_.versions[ring[i]].ordinal);
        }
        if (ring.size() > most_members_shown) members += "..., ";
        const auto what = fmt::format(
            "is its own predecessor: following RefForrigePrescriptionVersion leads over {}and back "
            "to it, a ring of {} versions",
            members,
            ring.size()
        );
        tell_at(version.before, version, what, stale_variable);
    }

    void tell_reference(std::size_t number) {
        const Version& version = all_.versions[number];
        if (links_.faults[number] == Fault::unknown) tell_unknown(version);
        if (links_.faults[number] == Fault::other_prescription) {
            tell_other(version, all_.versions[*links_.other[number]]);
        }
    }

    void tell_unknown(const Version& version) {
        // A version without id, or with that of another, may be the one that is meant: TRT-04 has
        // told.
        if (lacks_id_[version.prescription]) return;
        const bool names_prescription = IdEqual()(version.before.text(), all_.of(version).id);
        tell_at(
            version.before,
            version,
            names_prescription
                ? "names the PrescriptionId where the id of a version has to stand"
                : "names a version before it that is nowhere in the document: the chain is broken",
            names_prescription ? wrong_id : lost_version
        );
    }

    void tell_other(const Version& version, const Version& other) {
        // One mistake makes links in both directions between the same two prescriptions.
        const auto pair = std::minmax(version.prescription, other.prescription);
        if (!told_pairs_.insert({pair.first, pair.second}).second) return;
        tell_at(
            version.before,
            version,
            "names as the version before it one of another prescription: " + words(other),
            new_prescription_id
        );
    }

    /// Several versions that follow the same one.
    void tell_forks(const Prescription& prescription) {
        IdMap<const Version*> followers;
        for (const std::size_t number : prescription.versions) {
            const auto before = links_.before[number];
            if (!before || on_ring_[number]) continue;
            const Version& version = all_.versions[number];
            const auto [known, is_new] = followers.emplace(version.before.text(), &version);
            if (is_new) continue;
            const auto what = fmt::format(
                "follows {}, which version {} follows already: the chain forks",
                ordinal_words(all_, all_.versions[*before]),
                known->second->ordinal
            );
            tell_at(version.before, version, what, stale_variable);
        }
    }

    /// True when there are several first versions.
    bool tell_beginnings(const Prescription& prescription) {
        const Version* first = nullptr;
        bool any = false;
        for (const std::size_t number : prescription.versions) {
            const Version& version = all_.versions[number];
            if (version.before) continue;
            if (first != nullptr) {
                any = true;
                const auto what = fmt::format(
                    "names no version before it, and nor does version {}: the chain has two "
                    "beginnings",
                    first->ordinal
                );
                tell_at(version.element, version, what, lost_reference);
            } else {
                first = &version;
            }
        }
        return any;
    }

    /// A whole chain whose references lead from the old version to the new one.
    void tell_reversed(const Prescription& prescription) {
        const auto& versions = prescription.versions;
        if (versions.size() < 2) return;
        for (std::size_t i = 0; i + 1 < versions.size(); ++i) {
            if (links_.before[versions[i]] != versions[i + 1]) return;
        }
        const Version& oldest = all_.first(prescription);
        const Version& newest = all_.last(prescription);
        const auto began = local_time_in(oldest.element.child("Tidspunkt").text());
        const auto ended = local_time_in(newest.element.child("Tidspunkt").text());
        if (newest.before || !began || !ended || *began >= *ended) return;
        tell_at(
            oldest.before,
            oldest,
            "is the oldest and names the version after it, as all others do: the chain runs "
            "backwards",
            other_direction
        );
    }

    const ContentFacts& facts_;
    const RuleReporter& broken_;
    const Histories& all_;
    const VersionLinks& links_;
    std::vector<bool> on_ring_;   ///< by version
    std::vector<bool> lacks_id_;  ///< by prescription: a version of it has none of its own
    std::set<std::pair<std::size_t, std::size_t>> told_pairs_;
};

}  // namespace

void version_without_id(const ContentFacts& facts, const RuleReporter& broken) {
    const Histories& all = histories_of(facts);
    const VersionLinks& links = links_of(facts);
    for (std::size_t i = 0; i < all.versions.size(); ++i) {
        const Version& version = all.versions[i];
        const Element id = version.element.child("PrescriptionVersionId");
        if (!id) {
            tell_made(facts, broken, version.element, [&] {
                return Observation{
                    .expected = "a PrescriptionVersionId",
                    .actual = "none",
                    .message = version_words(all, version) + ": no later version can follow it"
                };
            });
        } else if (links.same_id[i]) {
            tell_made(facts, broken, id, [&] {
                return Observation{
                    .expected = "a GUID that no other version has",
                    .actual = shown_text(id),
                    .message = fmt::format(
                        "{} has the same id as {}",
                        version_words(all, version),
                        version_words(all, all.versions[*links.same_id[i]])
                    ),
                    .likely_cause = copied_id
                };
            });
        }
    }
}

void broken_version_chain(const ContentFacts& facts, const RuleReporter& broken) {
    ChainCheck(facts, broken).run();
}

}  // namespace sfmkit::verifier::trt
