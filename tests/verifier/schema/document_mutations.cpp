#include "tests/verifier/schema/document_mutations.hpp"

#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

namespace sfmkit::test {
namespace {

using platform::Random;
using pugi::xml_node;

xml_node next_element(const xml_node& element) {
    auto next = element.next_sibling();
    while (next && next.type() != pugi::node_element) next = next.next_sibling();
    return next;
}

bool has_text(const xml_node& element) {
    return !element.text().empty();
}

bool always(const xml_node&) {
    return true;
}

bool has_another_kind_after(const xml_node& element) {
    const auto next = next_element(element);
    return next && std::string_view(next.name()) != element.name();
}

bool has_text_or_attribute(const xml_node& element) {
    return has_text(element) || element.first_attribute();
}

bool has_attribute(const xml_node& element) {
    return static_cast<bool>(element.first_attribute());
}

pugi::xml_attribute pick_attribute(const xml_node& element, Random& random) {
    const auto attributes = element.attributes();
    const auto count = std::distance(attributes.begin(), attributes.end());
    const auto index = random.pick(static_cast<std::uint64_t>(count));
    return *std::next(attributes.begin(), static_cast<std::ptrdiff_t>(index));
}

void drop(xml_node element, Random&) {
    element.parent().remove_child(element);
}

void double_it(xml_node element, Random&) {
    element.parent().insert_copy_after(element, element);
}

void swap_with_next(xml_node element, Random&) {
    element.parent().insert_move_before(next_element(element), element);
}

void rename(xml_node element, Random&) {
    element.set_name((std::string(element.name()) + "X").c_str());
}

/// A word is a legal string, token and URI, and nothing else.
void put_word(xml_node element, Random& random) {
    if (has_text(element))
        element.text().set("word");
    else
        pick_attribute(element, random).set_value("word");
}

void drop_attribute(xml_node element, Random& random) {
    element.remove_attribute(pick_attribute(element, random));
}

void empty_text(xml_node element, Random&) {
    element.text().set("");
}

struct Walk {
    const DocumentMutation& mutation;
    std::map<std::string, std::vector<xml_node>> by_path{};

    void visit(const xml_node& parent, const std::string& path) {
        for (const auto child : parent.children()) {
            if (child.type() != pugi::node_element) continue;
            const auto below = path + "/" + child.name();
            if (mutation.fits(child)) by_path[below].push_back(child);
            visit(child, below);
        }
    }
};

}  // namespace

const std::vector<DocumentMutation>& document_mutations() {
    static const std::vector<DocumentMutation> mutations{
        {"element dropped", 100, always, drop},
        {"element doubled", 80, always, double_it},
        {"elements reordered", 50, has_another_kind_after, swap_with_next},
        {"element renamed", 40, always, rename},
        {"wrong type", 90, has_text_or_attribute, put_word},
        {"attribute dropped", 40, has_attribute, drop_attribute},
        {"text emptied", 100, has_text, empty_text},
    };
    return mutations;
}

pugi::xml_node pick_element(
    const pugi::xml_document& document, const DocumentMutation& mutation, platform::Random& random
) {
    Walk walk{mutation};
    walk.visit(document.document_element(), "");
    if (walk.by_path.empty()) throw std::runtime_error("nothing to mutate");
    const auto path = random.pick(walk.by_path.size());
    const auto& elements =
        std::next(walk.by_path.begin(), static_cast<std::ptrdiff_t>(path))->second;
    return elements[random.pick(elements.size())];
}

}  // namespace sfmkit::test
