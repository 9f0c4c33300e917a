#include "tests/verifier/pages/page_examples.hpp"

#include "verifier/schema/own_schema.hpp"
#include "verifier/schema_outline.hpp"

#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <span>

namespace sfmkit::test {
namespace {

using verifier::ContentOutline;
using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

std::string text_of(const xmlChar* text) {
    return reinterpret_cast<const char*>(text);
}

bool is_document(std::string_view fragment) {
    return fragment.starts_with("<?xml");
}

Document parse(std::string_view fragment) {
    const std::string text =
        is_document(fragment) ? std::string(fragment) : "<r>" + std::string(fragment) + "</r>";
    constexpr int quiet_and_offline = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    return {
        xmlReadMemory(
            text.data(), static_cast<int>(text.size()), "page", nullptr, quiet_and_offline
        ),
        &xmlFreeDoc
    };
}

/// Every element of both documents by name; one name may stand for several.
class Elements {
  public:
    Elements() : outline_(platform::as_bytes(verifier::own_schema())) {
        for (const auto* root : {"PasientExport", "ExportImport"}) add(*outline_.root(root));
    }
    std::vector<const ContentOutline::Element*> named(const std::string& name) const {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) return {};
        return found->second;
    }

    const ContentOutline::Element& root(std::string_view name) const {
        return *outline_.root(name);
    }

  private:
    void add(const ContentOutline::Element& element) {
        by_name_[element.name].push_back(&element);
        if (element.content == nullptr || !seen_.insert(element.content).second) return;
        for (const auto& child : element.content->elements) add(child);
    }

    verifier::SchemaOutline outline_;
    std::set<const ContentOutline*> seen_;
    std::map<std::string, std::vector<const ContentOutline::Element*>> by_name_;
};

const Elements& elements() {
    static const Elements all;
    return all;
}

bool has_attributes(const xmlNode& node, const ContentOutline& content) {
    for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next) {
        const auto is_it = [&](const auto& known) {
            return known.name == text_of(attribute->name);
        };
        if (std::ranges::none_of(content.attributes, is_it)) return false;
    }
    return true;
}

/// Whether all that stands in the node may stand in the element, in this order. What is missing
/// does not count: a fragment leaves out what does not matter.
bool fits(const xmlNode& node, const ContentOutline::Element& element) {
    if (element.content == nullptr) {
        return xmlChildElementCount(const_cast<xmlNode*>(&node)) == 0 && node.properties == nullptr;
    }
    const ContentOutline& content = *element.content;
    if (!has_attributes(node, content)) return false;
    std::ptrdiff_t reached = 0;
    for (const xmlNode* child = node.children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE && !xmlIsBlankNode(child)) return false;
        if (child->type != XML_ELEMENT_NODE) continue;
        const auto* known = content.element(text_of(child->name));
        if (known == nullptr || !fits(*child, *known)) return false;
        const std::ptrdiff_t place = known - content.elements.data();
        if (place < reached) return false;
        reached = known->repeats ? place : place + 1;
    }
    return true;
}

/// The children of one node are looked for below the element, at any depth.
void find_places(
    const xmlNode& nodes,
    const ContentOutline::Element& element,
    const Surroundings& around,
    std::vector<Surroundings>& places
) {
    if (element.content == nullptr) return;
    const Surroundings inside = {
        around.before + "<" + element.name + ">", "</" + element.name + ">" + around.after
    };
    if (fits(nodes, element)) places.push_back(inside);
    for (const auto& child : element.content->elements) {
        find_places(nodes, child, inside, places);
    }
}

std::size_t count_elements(const xmlNode& node) {
    std::size_t count = 1;
    for (const xmlNode* child = node.children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) count += count_elements(*child);
    }
    return count;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Runs that are words of their own: not the end of a GUID.
std::vector<std::string> runs_of_digits(std::string_view text, std::size_t length) {
    constexpr std::string_view in_words =
        "-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::vector<std::string> runs;
    std::size_t at = 0;
    while ((at = text.find_first_of(in_words, at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_not_of(in_words, at), text.size());
        const std::string_view word = text.substr(at, end - at);
        if (word.size() == length && std::ranges::all_of(word, is_digit)) runs.emplace_back(word);
        at = end;
    }
    return runs;
}

/// The digit that completes the others in modulus 11; 10 when no digit does.
int check_digit(std::string_view digits, std::span<const int> weights) {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (digits[i] - '0');
    return (11 - sum % 11) % 11;
}

bool is_synthetic_number(std::string_view number) {
    constexpr std::array first = {3, 7, 6, 1, 8, 9, 4, 5, 2};
    constexpr std::array second = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    const int month = std::stoi(std::string(number.substr(2, 2)));
    const bool moved =
        (month > 40 && month <= 52) || (month > 65 && month <= 77) || (month > 80 && month <= 92);
    return moved && check_digit(number, first) == number[9] - '0' &&
           check_digit(number, second) == number[10] - '0';
}

}  // namespace

FragmentCheck check_fragment(std::string_view fragment) {
    FragmentCheck check;
    const Document document = parse(fragment);
    if (!document) return {.mistakes = {"not well-formed"}};
    if (is_document(fragment)) return check;
    for (const xmlNode* node = xmlDocGetRootElement(document.get())->children; node;
         node = node->next) {
        if (node->type != XML_ELEMENT_NODE || node->ns != nullptr) continue;
        check.elements_of_the_format += count_elements(*node);
        const auto places = elements().named(text_of(node->name));
        const auto it_fits = [&](const auto* place) { return fits(*node, *place); };
        if (std::ranges::none_of(places, it_fits)) {
            check.mistakes.push_back(text_of(node->name) + " is not as the schema has it");
        }
    }
    return check;
}

std::vector<Surroundings> places_of_fragment(std::string_view fragment) {
    const Document document = parse(fragment);
    std::vector<Surroundings> places;
    if (!document || is_document(fragment)) return places;
    const xmlNode& root = *xmlDocGetRootElement(document.get());
    const xmlNode* const first = xmlFirstElementChild(const_cast<xmlNode*>(&root));
    for (const auto* name : {"PasientExport", "ExportImport"}) {
        if (first != nullptr && text_of(first->name) == name) places.push_back({});
        find_places(root, elements().root(name), {}, places);
    }
    return places;
}

std::vector<std::string> numbers_not_synthetic(std::string_view text) {
    std::vector<std::string> numbers = runs_of_digits(text, 11);
    std::erase_if(numbers, is_synthetic_number);
    return numbers;
}

std::vector<std::string> wrong_organisation_numbers(std::string_view text) {
    constexpr std::array weights = {3, 2, 7, 6, 5, 4, 3, 2};
    std::vector<std::string> wrong;
    for (const std::string& number : runs_of_digits(text, 9)) {
        const std::size_t after = text.find(number) + number.size();
        const bool declared =
            text.substr(after).starts_with("</OrgNrUtleverer>") ||
            text.substr(after, text.find("/>", after) - after).contains("V=\"ENH\"");
        if (declared && check_digit(number, weights) != number[8] - '0') wrong.push_back(number);
    }
    return wrong;
}

}  // namespace sfmkit::test
