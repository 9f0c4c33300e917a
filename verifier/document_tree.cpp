#include "verifier/document_tree.hpp"

#include "verifier/element_path.hpp"
#include "verifier/known_names.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

pugi::xml_node node_of(const Element& element) noexcept {
    return pugi::xml_node(element.node());
}

Element element_of(pugi::xml_node node) noexcept {
    return Element(node.internal_object());
}

bool is_element(pugi::xml_node node) noexcept {
    return node.type() == pugi::node_element;
}

std::string_view local_name(std::string_view name) noexcept {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

pugi::xml_node next_element(pugi::xml_node node) noexcept {
    while (node && !is_element(node)) node = node.next_sibling();
    return node;
}

pugi::xml_attribute attribute_of(pugi::xml_node node, std::string_view name) noexcept {
    for (const pugi::xml_attribute attribute : node.attributes()) {
        if (local_name(attribute.name()) == name) return attribute;
    }
    return {};
}

/// Comments and CDATA cut a text into several nodes; a value is all of them.
void merge_texts(pugi::xml_node element) {
    pugi::xml_node first;
    std::string merged;
    for (pugi::xml_node node = element.first_child(); node;) {
        const pugi::xml_node next = node.next_sibling();
        const bool text = node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
        if (text && !first) {
            first = node;
        } else if (text) {
            if (merged.empty()) merged = first.value();
            merged += node.value();
            element.remove_child(node);
        }
        node = next;
    }
    if (!merged.empty()) first.set_value(merged.c_str());
}

/// An element and all below it, in document order.
template <class Visitor>
void visit(pugi::xml_node root, const Visitor& visitor) {
    pugi::xml_node node = root;
    while (node) {
        visitor(node);
        if (const auto child = next_element(node.first_child())) {
            node = child;
            continue;
        }
        while (node != root && !next_element(node.next_sibling())) node = node.parent();
        if (node == root) return;
        node = next_element(node.next_sibling());
    }
}

bool is_utf8(std::string_view document) noexcept {
    using namespace std::string_view_literals;
    if (document.starts_with("\xFE\xFF"sv) || document.starts_with("\xFF\xFE"sv)) return false;
    if (document.substr(0, 2).find('\0') != std::string_view::npos) return false;
    const std::string_view declaration = document.substr(0, document.find("?>"));
    if (!declaration.starts_with("<?xml")) return true;
    return declaration.find("8859-1") == std::string_view::npos &&
           declaration.find("latin1") == std::string_view::npos;
}

}  // namespace

std::string_view Element::name() const noexcept {
    return local_name(node_of(*this).name());
}

std::string_view Element::text() const noexcept {
    return trimmed(node_of(*this).child_value());
}

std::string_view Element::attribute(std::string_view name) const noexcept {
    return trimmed(attribute_of(node_of(*this), name).value());
}

bool Element::has_attribute(std::string_view name) const noexcept {
    return !attribute_of(node_of(*this), name).empty();
}

Element Element::first_child() const noexcept {
    return element_of(next_element(node_of(*this).first_child()));
}

Element Element::child(std::string_view name) const noexcept {
    Element child = first_child();
    while (child && child.name() != name) child = child.next();
    return child;
}

Element Element::next() const noexcept {
    return element_of(next_element(node_of(*this).next_sibling()));
}

Element Element::next(std::string_view name) const noexcept {
    Element sibling = next();
    while (sibling && sibling.name() != name) sibling = sibling.next();
    return sibling;
}

Element Element::parent() const noexcept {
    const pugi::xml_node parent = node_of(*this).parent();
    return is_element(parent) ? element_of(parent) : Element();
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

struct DocumentTree::State {
    /// The last element whose number was asked for, below one parent: the next one is mostly near.
    struct Counted {
        std::string_view name = {};
        Element element = {};
        std::uint64_t number = 0;
    };

    std::string text;
    bool has_offsets = false;
    pugi::xml_document document;
    std::unordered_map<std::string_view, std::vector<Element>> by_name;
    std::unordered_map<const void*, Counted> counted;
    TextPlace last_place;

    bool is_indexed = false;

    void index(pugi::xml_node root);
    std::uint64_t number_of(const Element& element);
    std::string xpath_of(Element element);
    TextPlace place_at(std::uint64_t offset);
};

void DocumentTree::State::index(pugi::xml_node root) {
    visit(root, [&](pugi::xml_node node) {
        by_name[local_name(node.name())].push_back(element_of(node));
    });
    is_indexed = true;
}

std::uint64_t DocumentTree::State::number_of(const Element& element) {
    const Element parent = element.parent();
    if (!parent) return 1;
    // `*[n]` is the n-th child of any name.
    const bool known = known_name(element.name()) != unknown_name;
    const std::string_view name = known ? element.name() : std::string_view();
    Counted& last = counted[parent.node()];
    if (!last.element || last.name != name) last = {.name = name};
    const auto first = [&] { return known ? parent.child(name) : parent.first_child(); };
    const auto next = [&](const Element& at) { return known ? at.next(name) : at.next(); };
    // From where the last one stood, and from the beginning when that was behind it.
    for (; last.element && last.element != element; ++last.number)
        last.element = next(last.element);
    if (!last.element) {
        last = {.name = name, .element = first(), .number = 1};
        for (; last.element != element; ++last.number) last.element = next(last.element);
    }
    return last.number;
}

std::string DocumentTree::State::xpath_of(Element element) {
    std::vector<Element> steps;
    for (; element; element = element.parent()) steps.push_back(element);
    std::ranges::reverse(steps);
    std::string xpath;
    for (const Element& step : steps) {
        if (!add_step(xpath, known_name(step.name()), number_of(step))) break;
    }
    return xpath;
}

TextPlace DocumentTree::State::place_at(std::uint64_t offset) {
    const bool marked = std::string_view(text).starts_with(byte_order_mark);
    if (offset < last_place.byte_offset) last_place = {};
    if (last_place.byte_offset == 0 && marked) last_place.byte_offset = byte_order_mark.size();
    while (last_place.byte_offset < offset) {
        const char byte = text[last_place.byte_offset++];
        const bool begins_letter = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
        if (begins_letter) ++last_place.column;
        if (byte != '\n') continue;
        ++last_place.line;
        last_place.column = 1;
    }
    return last_place;
}

DocumentTree::DocumentTree(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
DocumentTree::DocumentTree(DocumentTree&&) noexcept = default;
DocumentTree& DocumentTree::operator=(DocumentTree&&) noexcept = default;
DocumentTree::~DocumentTree() = default;

std::optional<DocumentTree> DocumentTree::read(std::string document) {
    auto state = std::make_unique<State>();
    state->text = std::move(document);
    state->has_offsets = is_utf8(state->text);
    const auto encoding = state->has_offsets ? pugi::encoding_utf8 : pugi::encoding_auto;
    const auto parsed = state->document.load_buffer(
        state->text.data(), state->text.size(), pugi::parse_default, encoding
    );
    const pugi::xml_node root = next_element(state->document.first_child());
    if (!parsed || !root) return std::nullopt;
    // Nothing else cuts a text into pieces.
    if (!state->has_offsets || state->text.find("<!") != std::string::npos) {
        visit(root, merge_texts);
    }
    return DocumentTree(std::move(state));
}

Element DocumentTree::root() const noexcept {
    return element_of(next_element(state_->document.first_child()));
}

std::span<const Element> DocumentTree::all(std::string_view name) const {
    if (!state_->is_indexed) state_->index(node_of(root()));
    const auto found = state_->by_name.find(name);
    if (found == state_->by_name.end()) return {};
    return found->second;
}

findings::Place DocumentTree::place_of(Element element, std::string_view entry) const {
    findings::Place place{.entry = std::string(entry), .xpath = state_->xpath_of(element)};
    const std::ptrdiff_t name_offset = node_of(element).offset_debug();
    if (!state_->has_offsets || name_offset < 1) return place;
    // The name stands behind its `<`.
    const TextPlace at = state_->place_at(static_cast<std::uint64_t>(name_offset) - 1);
    place.byte_offset = at.byte_offset;
    place.line = at.line;
    place.column = at.column;
    return place;
}

}  // namespace sfmkit::verifier
