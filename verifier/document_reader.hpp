#pragma once

#include "platform/bytes.hpp"
#include "verifier/limits.hpp"
#include "verifier/quick_look.hpp"
#include "verifier/tree_builder.hpp"
#include "verifier/xml_gate.hpp"
#include "verifier/xml_schema.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace sfmkit::verifier {

/// A document that could be held as a whole.
struct WholeDocument {
    std::string text;
    std::unique_ptr<ElementStore> elements;  ///< null: nobody made them yet
};

/// Takes one document piece by piece. One that may be held as a whole gets a quick look, and the
/// gate sees it only where that leaves something to say; a larger one streams through the gate.
class DocumentReader {
  public:
    /// The schema, if any, and all others must outlive it.
    DocumentReader(
        QuickReader& quick_reader,
        const XmlSchema* schema,
        const Limits& limits,
        std::uint64_t declared_bytes
    );

    void feed(platform::Bytes bytes);
    /// All of it in one piece, and nothing else.
    void feed_whole(std::string text);
    /// Call once, after the last byte.
    XmlDocument finish();
    /// The document as a whole; nothing when it was too large to be held.
    std::optional<WholeDocument> take_whole();

  private:
    QuickReader& quick_reader_;
    const XmlSchema* schema_;
    const Limits& limits_;
    std::uint64_t declared_bytes_;
    WholeDocument whole_;
    std::optional<XmlGate> gate_;
};

}  // namespace sfmkit::verifier
