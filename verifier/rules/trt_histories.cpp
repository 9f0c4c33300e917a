#include "verifier/rules/trt_histories.hpp"

#include "verifier/id_map.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier::trt {
namespace {

void add_treatment(Histories& histories, Element treatment) {
    IdMap<std::size_t> numbers;
    for (const Element& element : Children(treatment, "Prescription")) {
        const std::string_view id = element.child("PrescriptionId").text();
        if (id.empty()) continue;
        const auto [known, is_new] = numbers.emplace(id, histories.prescriptions.size());
        if (is_new) histories.prescriptions.push_back({.treatment = treatment, .id = id});
        Prescription& prescription = histories.prescriptions[known->second];
        prescription.versions.push_back(histories.versions.size());
        const Element before = element.child("RefForrigePrescriptionVersion");
        histories.versions.push_back(
            {.element = element,
             .prescription = known->second,
             .ordinal = prescription.versions.size(),
             .id = element.child("PrescriptionVersionId").text(),
             .before = before.text().empty() ? Element() : before}
        );
    }
}

void add_link(const Histories& histories, VersionLinks& links, std::size_t from, std::size_t to) {
    const std::size_t here = histories.versions[from].prescription;
    const std::size_t there = histories.versions[to].prescription;
    if (here == there) {
        links.before[from] = to;
        return;
    }
    links.faults[from] = VersionLinks::Fault::other_prescription;
    links.other[from] = to;
    links.crossed[here] = true;
    links.crossed[there] = true;
}

}  // namespace

Children treatments_in(const ContentFacts& facts) {
    return Children(facts.root().child("Behandlinger"));
}

namespace {

Histories read_histories(const ContentFacts& facts) {
    Histories histories;
    for (const Element& treatment : treatments_in(facts)) add_treatment(histories, treatment);
    return histories;
}

VersionLinks read_links(const ContentFacts& facts) {
    const Histories& histories = histories_of(facts);
    const std::size_t count = histories.versions.size();
    VersionLinks links;
    links.before.resize(count);
    links.other.resize(count);
    links.faults.resize(count, VersionLinks::Fault::none);
    links.same_id.resize(count);
    links.crossed.resize(histories.prescriptions.size());
    struct Holder {
        std::size_t version = 0;
        bool alone = true;
    };
    IdMap<Holder> by_id;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view id = histories.versions[i].id;
        if (id.empty()) continue;
        const auto [known, is_new] = by_id.emplace(id, Holder{.version = i});
        if (is_new) continue;
        known->second.alone = false;
        links.same_id[i] = known->second.version;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const Version& version = histories.versions[i];
        if (!version.before) continue;
        const auto found = by_id.find(version.before.text());
        if (found == by_id.end()) {
            links.faults[i] = VersionLinks::Fault::unknown;
        } else if (found->second.alone) {
            add_link(histories, links, i, found->second.version);
        }
    }
    return links;
}

}  // namespace

const Histories& histories_of(const ContentFacts& facts) {
    return facts.once(read_histories);
}

const VersionLinks& links_of(const ContentFacts& facts) {
    return facts.once(read_links);
}

std::string ordinal_words(const Histories& histories, const Version& version) {
    return fmt::format("version {} of {}", version.ordinal, histories.of(version).versions.size());
}

std::string prescription_words(const Histories& histories, const Prescription& prescription) {
    const Element version = histories.first(prescription).element;
    return fmt::format(
        "prescription {}, treatment {}",
        shown_text(version.child("PrescriptionId")),
        shown_text(prescription.treatment.child("LibId"))
    );
}

std::string version_words(const Histories& histories, const Version& version) {
    const std::string id = version.id.empty()
                               ? "without an id"
                               : shown_text(version.element.child("PrescriptionVersionId"));
    return fmt::format(
        "{} ({}) of {}",
        ordinal_words(histories, version),
        id,
        prescription_words(histories, histories.of(version))
    );
}

}  // namespace sfmkit::verifier::trt
