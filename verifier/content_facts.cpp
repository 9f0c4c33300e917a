#include "verifier/content_facts.hpp"

#include "verifier/value_mask.hpp"
#include "wire/sfm_names.hpp"

#include <ranges>
#include <vector>

namespace sfmkit::verifier {
namespace {

/// A mask that stands in this element.
ValueMask mask_at(Element element) {
    std::vector<Element> steps;
    for (; element; element = element.parent()) steps.push_back(element);
    ValueMask mask(PersonalData::masked);
    for (const Element& step : steps | std::views::reverse) {
        mask.enter(wire::sfm::export_namespace, step.name());
    }
    return mask;
}

}  // namespace

void tell(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    Element element,
    findings::Observation observation
) {
    if (broken.has_room()) observation.place = facts.tree->place_of(element, facts.entry);
    broken.found(std::move(observation));
}

std::string shown_text(Element element) {
    if (!element) return "none";
    return mask_at(element).text(element.text());
}

std::string shown_attribute(Element element, std::string_view attribute) {
    if (!element) return "none";
    return mask_at(element).attribute({}, attribute, element.attribute(attribute));
}

}  // namespace sfmkit::verifier
