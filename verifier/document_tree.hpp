#pragma once

#include "findings/finding.hpp"
#include "verifier/markup_places.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pugi {
struct xml_node_struct;
}

namespace sfmkit::verifier {

/// An element of a document tree, or none. Cheap to copy; lives as long as its tree. Names are
/// local names: rules do not care for prefixes, and what namespace a document has is judged before.
class Element {
  public:
    Element() = default;
    explicit Element(pugi::xml_node_struct* node) noexcept : node_(node) {}

    explicit operator bool() const noexcept { return node_ != nullptr; }
    bool operator==(const Element&) const = default;

    std::string_view name() const noexcept;
    /// Of an element without children, without blanks around it; empty for no element.
    std::string_view text() const noexcept;
    /// The value of an attribute without blanks around it; empty when there is none.
    std::string_view attribute(std::string_view name) const noexcept;
    bool has_attribute(std::string_view name) const noexcept;

    /// The first child of this name.
    Element child(std::string_view name) const noexcept;
    Element first_child() const noexcept;
    /// The next sibling, of any name or of this one.
    Element next() const noexcept;
    Element next(std::string_view name) const noexcept;
    Element parent() const noexcept;
    /// The nearest element above of this name.
    Element above(std::string_view name) const noexcept;
    /// Down a path of names, each the first of its name: `DemografiskInfo/DateOfBirth`.
    Element at(std::string_view path) const noexcept;
    bool is_below(Element other) const noexcept;

    pugi::xml_node_struct* node() const noexcept { return node_; }

  private:
    pugi::xml_node_struct* node_ = nullptr;
};

/// Children of one element, all of them or those of one name, for range-for.
class Children {
  public:
    class Iterator {
      public:
        Iterator(Element at, std::string_view name) noexcept : at_(at), name_(name) {}
        Element operator*() const noexcept { return at_; }
        Iterator& operator++() noexcept {
            at_ = name_.empty() ? at_.next() : at_.next(name_);
            return *this;
        }
        bool operator==(const Iterator& other) const noexcept { return at_ == other.at_; }

      private:
        Element at_;
        std::string_view name_;
    };

    explicit Children(Element parent, std::string_view name = {}) noexcept
        : first_(name.empty() ? parent.first_child() : parent.child(name)), name_(name) {}
    Iterator begin() const noexcept { return {first_, name_}; }
    Iterator end() const noexcept { return {Element(), name_}; }

  private:
    Element first_;
    std::string_view name_;
};

/// A well-formed document as a whole, for the rules about what it says. Not for two threads.
class DocumentTree {
  public:
    /// Of bytes in UTF-8, UTF-16 or Latin-1; nothing for what pugixml does not read. Holds about
    /// 100 bytes an element beside the text: ask for their number before.
    static std::optional<DocumentTree> read(std::string document);

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
