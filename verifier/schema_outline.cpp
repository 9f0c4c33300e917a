#include "verifier/schema_outline.hpp"

#include "verifier/xml_schema.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <limits>

namespace sfmkit::verifier {
namespace {

std::string_view name_of(const xmlNode* node) {
    return reinterpret_cast<const char*>(node->name);
}

std::string attribute_of(xmlNode* node, const char* name) {
    xmlChar* const value = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
    if (value == nullptr) return {};
    std::string text = reinterpret_cast<const char*>(value);
    xmlFree(value);
    return text;
}

std::string_view without_prefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

xmlNode* child_named(xmlNode* node, std::string_view name) {
    for (xmlNode* child = xmlFirstElementChild(node); child != nullptr;
         child = xmlNextElementSibling(child)) {
        if (name_of(child) == name) return child;
    }
    return nullptr;
}

}  // namespace

const ContentOutline::Element* ContentOutline::element(std::string_view name) const noexcept {
    const auto found = std::ranges::find(elements, name, &Element::name);
    return found == elements.end() ? nullptr : &*found;
}

/// Walks the schema's own tree once; types that refer to each other are read once each.
class SchemaOutline::Reader {
  public:
    Reader(xmlNode* schema, SchemaOutline& outline) : outline_(outline) {
        for (xmlNode* node = xmlFirstElementChild(schema); node != nullptr;
             node = xmlNextElementSibling(node)) {
            auto& kind = name_of(node) == "element" ? elements_ : types_;
            kind.emplace(attribute_of(node, "name"), node);
        }
    }

    void read() {
        for (const auto& [name, node] : elements_) {
            outline_.roots_.elements.push_back(described(node, node, {}));
        }
    }

  private:
    /// What holds of all particles of a group.
    struct Group {
        bool optional = false;
        bool repeats = false;
    };

    static Group group_of(xmlNode* particle, Group outer) {
        const std::string most = attribute_of(particle, "maxOccurs");
        return {
            .optional = outer.optional || attribute_of(particle, "minOccurs") == "0",
            .repeats = outer.repeats || (!most.empty() && most != "0" && most != "1"),
        };
    }

    ContentOutline::Element described(xmlNode* particle, xmlNode* declaration, Group outer) {
        const Group group = group_of(particle, outer);
        const std::string type = attribute_of(declaration, "type");
        const std::string_view local = without_prefix(type);
        return {
            .name = attribute_of(declaration, "name"),
            .required = !group.optional,
            .repeats = group.repeats,
            .nillable = attribute_of(declaration, "nillable") == "true",
            .string = local == "string" || local == "token",
            .content = content_of(declaration, local),
        };
    }

    const ContentOutline* content_of(xmlNode* declaration, std::string_view type) {
        xmlNode* node = child_named(declaration, "complexType");
        if (node == nullptr) {
            const auto named = types_.find(type);
            if (named == types_.end() || name_of(named->second) != "complexType") return nullptr;
            node = named->second;
        }
        const auto known = read_.find(node);
        if (known != read_.end()) return known->second;
        outline_.contents_.push_back(std::make_unique<ContentOutline>());
        ContentOutline* const content = outline_.contents_.back().get();
        read_.emplace(node, content);
        add_parts(node, {}, *content);
        return content;
    }

    void add_parts(xmlNode* parent, Group group, ContentOutline& content) {
        for (xmlNode* part = xmlFirstElementChild(parent); part != nullptr;
             part = xmlNextElementSibling(part)) {
            const std::string_view kind = name_of(part);
            if (kind == "element") {
                add_element(part, group, content);
            } else if (kind == "attribute") {
                content.attributes.push_back({.name = attribute_of(part, "name")});
            } else if (kind == "extension") {
                const auto base = types_.find(without_prefix(attribute_of(part, "base")));
                if (base != types_.end()) add_parts(base->second, group, content);
                add_parts(part, group, content);
            } else if (kind != "annotation") {
                add_parts(part, group_of(part, group), content);
            }
        }
    }

    void add_element(xmlNode* particle, Group group, ContentOutline& content) {
        const std::string reference = attribute_of(particle, "ref");
        if (reference.empty()) {
            content.elements.push_back(described(particle, particle, group));
            return;
        }
        const auto declared = elements_.find(without_prefix(reference));
        if (declared == elements_.end()) return;
        content.elements.push_back(described(particle, declared->second, group));
    }

    SchemaOutline& outline_;
    std::map<std::string, xmlNode*, std::less<>> elements_;
    std::map<std::string, xmlNode*, std::less<>> types_;
    std::map<xmlNode*, const ContentOutline*> read_;
};

SchemaOutline::SchemaOutline(platform::Bytes schema) {
    prepare_xml_library();
    if (schema.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return;
    constexpr int quiet_and_offline = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(
            reinterpret_cast<const char*>(schema.data()),
            static_cast<int>(schema.size()),
            nullptr,
            nullptr,
            quiet_and_offline
        ),
        &xmlFreeDoc
    );
    if (!document || xmlDocGetRootElement(document.get()) == nullptr) return;
    Reader(xmlDocGetRootElement(document.get()), *this).read();
}

SchemaOutline::~SchemaOutline() = default;
SchemaOutline::SchemaOutline(SchemaOutline&&) noexcept = default;
SchemaOutline& SchemaOutline::operator=(SchemaOutline&&) noexcept = default;

const ContentOutline::Element* SchemaOutline::root(std::string_view name) const noexcept {
    return roots_.element(name);
}

}  // namespace sfmkit::verifier
