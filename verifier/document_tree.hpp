#pragma once

#include "findings/finding.hpp"
#include "verifier/element.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sfmkit::verifier {

struct ElementStore;

/// A well-formed document as a whole, for the rules about what it says. Not for two threads.
class DocumentTree {
  public:
    /// Of bytes in UTF-8, UTF-16 or Latin-1; nothing for what pugixml does not read. Holds about
    /// 100 bytes an element beside the text: ask for their number before.
    static std::optional<DocumentTree> read(std::string document);

    /// Of a document in UTF-8 whose elements are known, with their offsets.
    static DocumentTree of(std::string document, std::unique_ptr<ElementStore> store);

    DocumentTree(DocumentTree&&) noexcept;
    DocumentTree& operator=(DocumentTree&&) noexcept;
    ~DocumentTree();

    Element root() const noexcept;
    /// Every element of this name, in document order.
    std::span<const Element> all(std::string_view name) const;
    /// Of the `<` of its start tag. Offset, line and column only where the document is UTF-8.
    findings::Place place_of(Element element, std::string_view entry) const;

  private:
    struct State;
    explicit DocumentTree(std::unique_ptr<State> state) noexcept;

    std::unique_ptr<State> state_;
};

}  // namespace sfmkit::verifier
