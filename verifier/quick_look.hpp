#pragma once

#include "verifier/limits.hpp"
#include "verifier/tree_builder.hpp"
#include "verifier/xml_gate.hpp"
#include "verifier/xml_schema.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace sfmkit::verifier {

/// A document that there is nothing to say about but how it begins.
struct QuickLook {
    XmlDocument document;
    std::unique_ptr<ElementStore> elements;  ///< null: more than Limits::tree_elements
};

/// Reads a document as XmlGate does, but keeps neither places nor paths, which is what takes the
/// gate's time, and makes its elements on the way. Gives what the gate would give; nothing when
/// there may be something to say, so that the gate has to look itself.
std::optional<QuickLook> quick_look(
    std::string_view document, const XmlSchema* schema, const Limits& limits
);

}  // namespace sfmkit::verifier
