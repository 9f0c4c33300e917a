#pragma once

#include "verifier/limits.hpp"
#include "verifier/tree_builder.hpp"
#include "verifier/xml_gate.hpp"
#include "verifier/xml_schema.hpp"

#include <memory>
#include <optional>
#include <string_view>

struct _xmlParserCtxt;

namespace sfmkit::verifier {

/// A document that there is nothing to say about but how it begins.
struct QuickLook {
    XmlDocument document;
    std::unique_ptr<ElementStore> elements;  ///< null: more than Limits::tree_elements
};

/// Reads documents one after the other; each as XmlGate does, but keeps neither places nor paths,
/// which is what takes the gate's time, and makes its elements on the way. Gives what the gate
/// would give; nothing when there may be something to say, so that the gate has to look itself. The
/// parser is kept from one good document to the next: short documents take less time than a new
/// one. Not for two threads.
class QuickReader {
  public:
    std::optional<QuickLook> look(
        std::string_view document, const XmlSchema* schema, const Limits& limits
    );

  private:
    struct Deleter {
        void operator()(_xmlParserCtxt* parser) const noexcept;
    };

    std::unique_ptr<_xmlParserCtxt, Deleter> parser_;
};

}  // namespace sfmkit::verifier
