#include "verifier/rules/trt_state_checks.hpp"

#include "verifier/element_values.hpp"
#include "verifier/id_map.hpp"
#include "verifier/rules/trt_histories.hpp"
#include "verifier/sfm_time.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;

constexpr auto active_forgotten =
    "the version that was active before kept Aktiv true when a newer one was added";
constexpr auto none_active =
    "Aktiv was filled from whether the medicine is in use (C#, Java, Node: isActive of the "
    "treatment); it marks the newest version, also of a prescription that has ended";
constexpr auto old_head =
    "HeadOfHistory was left true when the prescription was renewed; a renewed one is no head";
constexpr auto mixed_head =
    "HeadOfHistory was taken from Aktiv, or for the newest version alone; it belongs to the "
    "prescription and is the same on all its versions";
constexpr auto unsorted =
    "versions are written as the database returns them; sort by Tidspunkt (C#: OrderBy, Java: "
    "Comparator.comparing, Node: sort)";

bool is_boolean(Element element) {
    const std::string_view text = element.text();
    return text == "true" || text == "false" || text == "1" || text == "0";
}

struct Flags {
    std::size_t set = 0;
    std::size_t clear = 0;
    bool readable = true;  ///< all are booleans; what is none was told by XML-04
};

Flags flags_of(const Histories& all, const Prescription& prescription, std::string_view name) {
    Flags flags;
    for (const std::size_t i : prescription.versions) {
        const Element flag = all.versions[i].element.child(name);
        flags.readable = flags.readable && is_boolean(flag);
        ++(is_true(flag) ? flags.set : flags.clear);
    }
    return flags;
}

/// The flag of the first version that says this.
Element first_flag(
    const Histories& all, const Prescription& prescription, std::string_view name, bool value
) {
    for (const std::size_t i : prescription.versions) {
        const Element flag = all.versions[i].element.child(name);
        if (is_true(flag) == value) return flag;
    }
    return {};
}

/// Whether the prescription is a head, by most of its versions.
bool is_head(const Flags& flags) {
    return flags.set >= flags.clear;
}

/// The prescriptions of one treatment: numbers from begin to before end.
struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
};

void tell_mixed_head(
    const ContentFacts& facts,
    const RuleReporter& broken,
    const Histories& all,
    const Prescription& prescription,
    const Flags& flags
) {
    const bool head = is_head(flags);
    const Element flag = first_flag(all, prescription, "HeadOfHistory", !head);
    tell_made(facts, broken, flag, [&] {
        return Observation{
            .expected = fmt::format("{} as on most of its versions", head ? "true" : "false"),
            .actual = shown_text(flag),
            .message = fmt::format(
                "{}: HeadOfHistory is true on {} of its versions and false on {}",
                prescription_words(all, prescription),
                flags.set,
                flags.clear
            ),
            .likely_cause = mixed_head
        };
    });
}

void tell_no_head(const ContentFacts& facts, const RuleReporter& broken, Element treatment) {
    tell_made(facts, broken, treatment, [&] {
        return Observation{
            .expected = "HeadOfHistory true on all versions of one prescription",
            .actual = "true on none",
            .message = fmt::format(
                "treatment {} has no current prescription", shown_text(treatment.child("LibId"))
            )
        };
    });
}

/// Points at the head that another one renews, else at the second.
void tell_two_heads(
    const ContentFacts& facts,
    const RuleReporter& broken,
    const Histories& all,
    const std::vector<std::size_t>& heads
) {
    IdMap<bool> renewed;
    for (const std::size_t head : heads) {
        const Element version = all.first(all.prescriptions[head]).element;
        renewed.emplace(version.child("RefForrigePrescription").text(), true);
    }
    const auto old = std::ranges::find_if(heads, [&](std::size_t head) {
        return renewed.contains(all.prescriptions[head].id);
    });
    const std::size_t wrong = old == heads.end() ? heads[1] : *old;
    const Prescription& prescription = all.prescriptions[wrong];
    const Element flag = first_flag(all, prescription, "HeadOfHistory", true);
    tell_made(facts, broken, flag, [&] {
        return Observation{
            .expected = "HeadOfHistory true on the versions of one prescription of the treatment",
            .actual = fmt::format("true on {} prescriptions", heads.size()),
            .message = fmt::format(
                "{} is current although the treatment has another current one",
                prescription_words(all, prescription)
            ),
            .likely_cause = old_head
        };
    });
}

void judge_heads(
    const ContentFacts& facts, const RuleReporter& broken, const Histories& all, Range range
) {
    std::vector<std::size_t> heads;
    bool readable = true;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const Prescription& prescription = all.prescriptions[i];
        const Flags flags = flags_of(all, prescription, "HeadOfHistory");
        readable = readable && flags.readable;
        if (!flags.readable) continue;
        if (flags.set > 0 && flags.clear > 0) {
            tell_mixed_head(facts, broken, all, prescription, flags);
        }
        if (is_head(flags)) heads.push_back(i);
    }
    if (!readable) return;
    if (heads.empty()) tell_no_head(facts, broken, all.prescriptions[range.begin].treatment);
    if (heads.size() > 1) tell_two_heads(facts, broken, all, heads);
}

/// Tells a version that stands behind a later one; false when there is none.
bool tell_descending(
    const ContentFacts& facts,
    const RuleReporter& broken,
    const Histories& all,
    const Prescription& prescription
) {
    std::optional<LocalTime> latest;
    const Version* latest_version = nullptr;
    for (const std::size_t i : prescription.versions) {
        const Version& version = all.versions[i];
        const Element time = version.element.child("Tidspunkt");
        const auto moment = local_time_in(time.text());
        if (!moment) continue;
        if (!latest || *moment >= *latest) {
            latest = moment;
            latest_version = &version;
            continue;
        }
        tell_made(facts, broken, time, [&] {
            return Observation{
                .expected = fmt::format(
                    "not before {}, the Tidspunkt of version {}",
                    shown_text(latest_version->element.child("Tidspunkt")),
                    latest_version->ordinal
                ),
                .actual = shown_text(time),
                .message = version_words(all, version) + " stands behind a later version",
                .likely_cause = unsorted
            };
        });
        return true;
    }
    return false;
}

/// The versions of a prescription by their ReseptId.
struct RegisterIds {
    Element first = {};
    Element deviating = {};  ///< the first that is not like the first
};

RegisterIds register_ids_of(const Histories& all, const Prescription& prescription) {
    RegisterIds ids;
    for (const std::size_t i : prescription.versions) {
        const Element id = all.versions[i].element.child("ReseptId");
        if (id.text().empty()) continue;
        if (!ids.first) {
            ids.first = id;
        } else if (!IdEqual()(id.text(), ids.first.text())) {
            ids.deviating = id;
            break;
        }
    }
    return ids;
}

}  // namespace

void not_one_active(const ContentFacts& facts, const RuleReporter& broken) {
    const Histories& all = histories_of(facts);
    const VersionLinks& links = links_of(facts);
    for (std::size_t i = 0; i < all.prescriptions.size(); ++i) {
        const Prescription& prescription = all.prescriptions[i];
        const Flags flags = flags_of(all, prescription, "Aktiv");
        if (links.crossed[i] || !flags.readable || flags.set == 1) continue;
        const bool none = flags.set == 0;
        // The newest is right to be active: what is wrong is an older one.
        const Element flag = none ? all.last(prescription).element.child("Aktiv")
                                  : first_flag(all, prescription, "Aktiv", true);
        tell_made(facts, broken, flag, [&] {
            return Observation{
                .expected = "Aktiv true on the newest version and on no other",
                .actual = fmt::format("true on {} of {}", flags.set, prescription.versions.size()),
                .message = fmt::format(
                    "{} has {} active {}",
                    prescription_words(all, prescription),
                    none ? "no" : std::to_string(flags.set),
                    none ? "version" : "versions"
                ),
                .likely_cause = none ? none_active : active_forgotten
            };
        });
    }
}

void not_one_head(const ContentFacts& facts, const RuleReporter& broken) {
    const Histories& all = histories_of(facts);
    const VersionLinks& links = links_of(facts);
    const auto& prescriptions = all.prescriptions;
    for (Range range; range.begin < prescriptions.size(); range.begin = range.end) {
        bool crossed = false;
        range.end = range.begin;
        while (range.end < prescriptions.size() &&
               prescriptions[range.end].treatment == prescriptions[range.begin].treatment) {
            crossed = crossed || links.crossed[range.end];
            ++range.end;
        }
        if (!crossed) judge_heads(facts, broken, all, range);
    }
}

void versions_out_of_order(const ContentFacts& facts, const RuleReporter& broken) {
    const Histories& all = histories_of(facts);
    const VersionLinks& links = links_of(facts);
    for (std::size_t i = 0; i < all.prescriptions.size(); ++i) {
        const Prescription& prescription = all.prescriptions[i];
        if (tell_descending(facts, broken, all, prescription)) continue;
        const Flags flags = flags_of(all, prescription, "Aktiv");
        const Version& last = all.last(prescription);
        if (links.crossed[i] || !flags.readable || flags.set != 1) continue;
        if (is_true(last.element.child("Aktiv"))) continue;
        const Element flag = first_flag(all, prescription, "Aktiv", true);
        tell_made(facts, broken, flag, [&] {
            return Observation{
                .expected = "Aktiv true on the newest version",
                .actual = "true on an older one",
                .message = fmt::format(
                    "{} is not active, but an older version is", version_words(all, last)
                ),
                .likely_cause = active_forgotten
            };
        });
    }
}

void changing_register_id(const ContentFacts& facts, const RuleReporter& broken) {
    const Histories& all = histories_of(facts);
    const VersionLinks& links = links_of(facts);
    IdMap<std::size_t> owners;
    for (std::size_t i = 0; i < all.prescriptions.size(); ++i) {
        const Prescription& prescription = all.prescriptions[i];
        const RegisterIds ids = register_ids_of(all, prescription);
        if (ids.deviating) {
            tell_made(facts, broken, ids.deviating, [&] {
                return Observation{
                    .expected = shown_text(ids.first) + ", as on the first version that has one",
                    .actual = shown_text(ids.deviating),
                    .message = prescription_words(all, prescription) + " changes its ReseptId"
                };
            });
        }
        if (!ids.first || ids.deviating || links.crossed[i]) continue;
        const auto [owner, is_new] = owners.emplace(ids.first.text(), i);
        if (is_new) continue;
        tell_made(facts, broken, ids.first, [&] {
            return Observation{
                .expected = "a ReseptId of its own",
                .actual = shown_text(ids.first),
                .message = fmt::format(
                    "{} has the ReseptId of {}",
                    prescription_words(all, prescription),
                    prescription_words(all, all.prescriptions[owner->second])
                )
            };
        });
    }
}

}  // namespace sfmkit::verifier::trt
