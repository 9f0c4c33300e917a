#pragma once

#include "verifier/limits.hpp"
#include "verifier/xml_gate.hpp"
#include "verifier/xml_schema.hpp"

#include <optional>
#include <string_view>

namespace sfmkit::verifier {

/// Reads a document as XmlGate does, but keeps neither places nor paths, which is what takes the
/// gate's time. Gives what the gate would give when there is nothing to say about the document but
/// how it begins; nothing when there may be something, so that the gate has to look itself.
std::optional<XmlDocument> quick_look(
    std::string_view document, const XmlSchema* schema, const Limits& limits
);

}  // namespace sfmkit::verifier
