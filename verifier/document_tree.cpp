#include "verifier/document_tree.hpp"

#include "verifier/element_path.hpp"
#include "verifier/known_names.hpp"
#include "verifier/markup_places.hpp"
#include "verifier/tree_builder.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_element(pugi::xml_node node) noexcept {
    return node.type() == pugi::node_element;
}

std::string_view local_name(std::string_view name) noexcept {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node next_element(pugi::xml_node node) noexcept {
    while (node && !is_element(node)) node = node.next_sibling();
    return node;
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

/// The place of a name is known where pugixml did not have to translate the document.
std::uint64_t offset_of(pugi::xml_node element, bool has_offsets) {
    const std::ptrdiff_t name_offset = element.offset_debug();
    // The name stands behind its `<`.
    if (!has_offsets || name_offset < 1) return ElementNode::no_offset;
    return static_cast<std::uint64_t>(name_offset) - 1;
}

/// How the text of a document became a tree.
struct Parsing {
    bool has_offsets = false;
    bool texts_in_pieces = false;
};

/// Makes the elements of a document that pugixml has parsed.
class Translation {
  public:
    Translation(std::size_t document_bytes, const Parsing& parsing)
        : builder_(document_bytes), parsing_(parsing) {}

    std::unique_ptr<ElementStore> of(pugi::xml_node root);

  private:
    void start(pugi::xml_node element);
    std::string_view kept_name(std::string_view name);

    TreeBuilder builder_;
    Parsing parsing_;
    std::unordered_set<std::string_view> names_;
};

std::string_view Translation::kept_name(std::string_view name) {
    const std::string_view local = local_name(name);
    const auto known = names_.find(local);
    return known == names_.end() ? *names_.insert(builder_.kept(local)).first : *known;
}

void Translation::start(pugi::xml_node element) {
    std::vector<Attribute> attributes;
    for (const pugi::xml_attribute attribute : element.attributes()) {
        const std::string_view name = attribute.name();
        if (name == "xmlns" || name.starts_with("xmlns:")) continue;
        attributes.push_back({.name = kept_name(name), .value = attribute.value()});
    }
    const std::string_view name = kept_name(element.name());
    builder_.start(name, offset_of(element, parsing_.has_offsets), attributes);
    if (parsing_.texts_in_pieces) merge_texts(element);
    builder_.text(element.child_value());
}

std::unique_ptr<ElementStore> Translation::of(pugi::xml_node root) {
    pugi::xml_node node = root;
    while (true) {
        start(node);
        if (const auto child = next_element(node.first_child())) {
            node = child;
            continue;
        }
        builder_.end();
        while (node != root && !next_element(node.next_sibling())) {
            node = node.parent();
            builder_.end();
        }
        if (node == root) return builder_.finish();
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

/// Of UTF-8. Pieces that a byte can count are what compilers make vectors of.
std::uint64_t letters_in(std::string_view text) noexcept {
    constexpr std::size_t piece_bytes = 240;
    std::uint64_t letters = 0;
    for (; !text.empty(); text.remove_prefix(std::min(text.size(), piece_bytes))) {
        std::uint8_t in_piece = 0;
        for (const char byte : text.substr(0, piece_bytes)) {
            const bool begins_letter = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
            in_piece = static_cast<std::uint8_t>(in_piece + (begins_letter ? 1 : 0));
        }
        letters += in_piece;
    }
    return letters;
}

/// Is it found as the first of its name, with a short look?
bool is_soon_first(Element parent, Element element) noexcept {
    constexpr int most = 16;
    Element child = parent.first_child();
    for (int i = 0; i < most && child; ++i, child = child.next()) {
        if (child.name() == element.name()) return child == element;
    }
    return false;
}

}  // namespace

struct DocumentTree::State {
    /// The last element whose number was asked for, below one parent: the next one is mostly near.
    struct Counted {
        std::string_view name = {};
        Element element = {};
        std::uint64_t number = 0;
    };

    State(std::string document, std::unique_ptr<ElementStore> built)
        : text(std::move(document)), store(std::move(built)) {}

    std::string text;
    std::unique_ptr<ElementStore> store;
    /// All elements, name by name; those of a name number begin where `first_of_name` says.
    std::vector<Element> by_name;
    std::vector<std::size_t> first_of_name;  ///< empty: nobody asked yet
    std::unordered_map<std::string_view, std::uint32_t> name_numbers;
    std::unordered_map<const ElementNode*, Counted> counted;
    TextPlace last_place;

    Element root() const noexcept { return Element(store->root); }
    void index();
    std::uint64_t number_of(const Element& element);
    std::string xpath_of(Element element);
    TextPlace place_at(std::uint64_t offset);
};

void DocumentTree::State::index() {
    // A name mostly stands at one address: looked at first, because texts take longer to compare.
    struct Seen {
        const char* name = nullptr;
        std::uint32_t number = 0;
    };
    std::array<Seen, 512> last_seen;
    std::vector<std::uint32_t> numbers;
    numbers.reserve(store->count);
    std::vector<std::size_t> counts;
    for (Element element = root(); element; element = following(element)) {
        const std::string_view name = element.name();
        const auto address = reinterpret_cast<std::uintptr_t>(name.data());
        Seen& seen = last_seen[(address ^ address / last_seen.size()) % last_seen.size()];
        if (seen.name != name.data()) {
            const auto next = static_cast<std::uint32_t>(counts.size());
            seen = {name.data(), name_numbers.emplace(name, next).first->second};
            if (seen.number == next) counts.push_back(0);
        }
        numbers.push_back(seen.number);
        ++counts[seen.number];
    }
    first_of_name.resize(counts.size() + 1);
    std::partial_sum(counts.begin(), counts.end(), first_of_name.begin() + 1);
    std::vector<std::size_t> free = first_of_name;
    by_name.resize(store->count);
    auto number = numbers.begin();
    for (Element element = root(); element; element = following(element)) {
        by_name[free[*number++]++] = element;
    }
}

std::uint64_t DocumentTree::State::number_of(const Element& element) {
    const Element parent = element.parent();
    if (!parent) return 1;
    // `*[n]` is the n-th child of any name.
    const bool known = known_name(element.name()) != unknown_name;
    if (known && is_soon_first(parent, element)) return 1;
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
    const std::string_view document = text;
    const bool marked = document.starts_with(byte_order_mark);
    if (offset < last_place.byte_offset) last_place = {};
    if (last_place.byte_offset == 0 && marked) last_place.byte_offset = byte_order_mark.size();
    if (offset <= last_place.byte_offset) return last_place;
    std::string_view passed =
        document.substr(last_place.byte_offset, offset - last_place.byte_offset);
    if (const std::size_t line_end = passed.rfind('\n'); line_end != std::string_view::npos) {
        const auto lines = std::ranges::count(passed.substr(0, line_end + 1), '\n');
        last_place.line += static_cast<std::uint64_t>(lines);
        last_place.column = 1;
        passed.remove_prefix(line_end + 1);
    }
    last_place.column += letters_in(passed);
    last_place.byte_offset = offset;
    return last_place;
}

DocumentTree::DocumentTree(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
DocumentTree::DocumentTree(DocumentTree&&) noexcept = default;
DocumentTree& DocumentTree::operator=(DocumentTree&&) noexcept = default;
DocumentTree::~DocumentTree() = default;

std::optional<DocumentTree> DocumentTree::read(std::string document) {
    const bool has_offsets = is_utf8(document);
    pugi::xml_document parsed;
    const auto encoding = has_offsets ? pugi::encoding_utf8 : pugi::encoding_auto;
    const auto result =
        parsed.load_buffer(document.data(), document.size(), pugi::parse_default, encoding);
    const pugi::xml_node root = next_element(parsed.first_child());
    if (!result || !root) return std::nullopt;
    // Nothing else cuts a text into pieces.
    const bool pieces = !has_offsets || document.find("<!") != std::string::npos;
    const Parsing how{.has_offsets = has_offsets, .texts_in_pieces = pieces};
    auto elements = Translation(document.size(), how).of(root);
    return of(std::move(document), std::move(elements));
}

DocumentTree DocumentTree::of(std::string document, std::unique_ptr<ElementStore> store) {
    return DocumentTree(std::make_unique<State>(std::move(document), std::move(store)));
}

Element DocumentTree::root() const noexcept {
    return state_->root();
}

std::span<const Element> DocumentTree::all(std::string_view name) const {
    if (state_->first_of_name.empty()) state_->index();
    const auto found = state_->name_numbers.find(name);
    if (found == state_->name_numbers.end()) return {};
    const std::size_t begin = state_->first_of_name[found->second];
    const std::size_t end = state_->first_of_name[found->second + 1];
    return std::span<const Element>(state_->by_name).subspan(begin, end - begin);
}

findings::Place DocumentTree::place_of(Element element, std::string_view entry) const {
    findings::Place place{.entry = std::string(entry), .xpath = state_->xpath_of(element)};
    if (!element || element.node()->offset == ElementNode::no_offset) return place;
    const TextPlace at = state_->place_at(element.node()->offset);
    place.byte_offset = at.byte_offset;
    place.line = at.line;
    place.column = at.column;
    return place;
}

}  // namespace sfmkit::verifier
