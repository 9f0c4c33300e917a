#pragma once

#include "platform/random.hpp"

#include <pugixml.hpp>

#include <string_view>
#include <vector>

namespace sfmkit::test {

/// One way of spoiling (or not spoiling) a document at one element.
struct DocumentMutation {
    std::string_view name;
    std::size_t share;  ///< how many of the 500 are of this kind
    bool (*fits)(const pugi::xml_node& element);
    void (*apply)(pugi::xml_node element, platform::Random& random);
};

/// The seven kinds; the shares add up to 500.
const std::vector<DocumentMutation>& document_mutations();

/// Picks an element that the mutation fits. Each path through the document is as likely as any
/// other, so that a list of 900 notices does not take all turns.
pugi::xml_node pick_element(
    const pugi::xml_document& document, const DocumentMutation& mutation, platform::Random& random
);

}  // namespace sfmkit::test
