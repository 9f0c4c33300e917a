#pragma once

#include "verifier/content_facts.hpp"
#include "verifier/id_map.hpp"
#include "verifier/rules/trt_histories.hpp"

namespace sfmkit::verifier::trt {

/// The prescribing details of a treatment by their Id.
inline IdMap<Element> details_of(Element treatment) {
    IdMap<Element> by_id;
    for (const Element& info : Children(treatment.child("PrescriptionDetails"))) {
        by_id.emplace(info.child("Id").text(), info);
    }
    return by_id;
}

/// Visits each version of each treatment, with the details that it names, or none.
template <class Visit>
void each_version(const ContentFacts& facts, Visit visit) {
    for (const Element& treatment : treatments_in(facts)) {
        const IdMap<Element> details = details_of(treatment);
        for (const Element& version : Children(treatment, "Prescription")) {
            const auto found = details.find(version.child("ForskrivningsInfoId").text());
            visit(version, found == details.end() ? Element() : found->second);
        }
    }
}

}  // namespace sfmkit::verifier::trt
