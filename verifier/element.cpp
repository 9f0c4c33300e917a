#include "verifier/element.hpp"

namespace sfmkit::verifier {
namespace {

/// Most names differ in length or in their last letter.
bool is_same(std::string_view name, std::string_view wanted) noexcept {
    if (name.size() != wanted.size() || name.empty()) return false;
    return name.back() == wanted.back() && name == wanted;
}

const Attribute* find(const ElementNode* node, std::string_view name) noexcept {
    if (node == nullptr) return nullptr;
    for (const Attribute& attribute : node->attributes) {
        if (is_same(attribute.name, name)) return &attribute;
    }
    return nullptr;
}

/// This node or the first sibling behind it that has the name.
Element first_of(const ElementNode* node, std::string_view name) noexcept {
    while (node != nullptr && !is_same(node->name, name)) node = node->next;
    return Element(node);
}

}  // namespace

std::string_view Element::attribute(std::string_view name) const noexcept {
    const Attribute* const found = find(node_, name);
    return found == nullptr ? std::string_view() : found->value;
}

bool Element::has_attribute(std::string_view name) const noexcept {
    return find(node_, name) != nullptr;
}

Element Element::child(std::string_view name) const noexcept {
    return node_ == nullptr ? Element() : first_of(node_->first_child, name);
}

Element Element::next(std::string_view name) const noexcept {
    return node_ == nullptr ? Element() : first_of(node_->next, name);
}

Element Element::above(std::string_view name) const noexcept {
    Element element = parent();
    while (element && element.name() != name) element = element.parent();
    return element;
}

Element Element::at(std::string_view path) const noexcept {
    Element element = *this;
    while (element && !path.empty()) {
        const std::size_t slash = path.find('/');
        element = element.child(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return element;
}

bool Element::is_below(Element other) const noexcept {
    Element element = parent();
    while (element && element != other) element = element.parent();
    return static_cast<bool>(element);
}

Element following(Element element) noexcept {
    if (const Element child = element.first_child()) return child;
    for (; element; element = element.parent()) {
        if (const Element next = element.next()) return next;
    }
    return {};
}

}  // namespace sfmkit::verifier
