#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sfmkit::verifier {

/// One attribute, by its local name; the value without blanks around it.
struct Attribute {
    std::string_view name;
    std::string_view value;
};

/// What a tree keeps of an element. All of it lives as long as the tree.
struct ElementNode {
    static constexpr std::uint64_t no_offset = ~std::uint64_t{0};

    std::string_view name;  ///< local name
    std::string_view text;  ///< without blanks around it
    std::span<const Attribute> attributes;
    const ElementNode* parent = nullptr;
    const ElementNode* first_child = nullptr;
    const ElementNode* next = nullptr;
    std::uint64_t offset = no_offset;  ///< of the `<` of its start tag
};

/// An element of a document tree, or none. Cheap to copy; lives as long as its tree. Names are
/// local names: rules do not care for prefixes, and what namespace a document has is judged before.
class Element {
  public:
    Element() = default;
    explicit Element(const ElementNode* node) noexcept : node_(node) {}

    explicit operator bool() const noexcept { return node_ != nullptr; }
    bool operator==(const Element&) const = default;

    std::string_view name() const noexcept {
        return node_ == nullptr ? std::string_view() : node_->name;
    }
    /// Of an element without children, without blanks around it; empty for no element.
    std::string_view text() const noexcept {
        return node_ == nullptr ? std::string_view() : node_->text;
    }
    /// The value of an attribute without blanks around it; empty when there is none.
    std::string_view attribute(std::string_view name) const noexcept;
    bool has_attribute(std::string_view name) const noexcept;
    bool has_attributes() const noexcept { return node_ != nullptr && !node_->attributes.empty(); }

    /// The first child of this name.
    Element child(std::string_view name) const noexcept;
    Element first_child() const noexcept {
        return Element(node_ == nullptr ? nullptr : node_->first_child);
    }
    /// The next sibling, of any name or of this one.
    Element next() const noexcept { return Element(node_ == nullptr ? nullptr : node_->next); }
    Element next(std::string_view name) const noexcept;
    Element parent() const noexcept { return Element(node_ == nullptr ? nullptr : node_->parent); }
    /// The nearest element above of this name.
    Element above(std::string_view name) const noexcept;
    /// Down a path of names, each the first of its name: `DemografiskInfo/DateOfBirth`.
    Element at(std::string_view path) const noexcept;
    bool is_below(Element other) const noexcept;

    const ElementNode* node() const noexcept { return node_; }

  private:
    const ElementNode* node_ = nullptr;
};

/// The element behind this one in the order of the document; none behind the last.
Element following(Element element) noexcept;

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

}  // namespace sfmkit::verifier
