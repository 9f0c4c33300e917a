#pragma once

#include "verifier/document_tree.hpp"

#include <functional>

namespace sfmkit::verifier {

/// Every element of a document that holds a code by the schema, by names of elements and for each
/// name in document order.
void for_each_coded_element(
    const DocumentTree& tree, const std::function<void(Element element)>& take
);

}  // namespace sfmkit::verifier
