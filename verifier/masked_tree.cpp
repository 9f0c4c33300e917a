#include "verifier/masked_tree.hpp"

#include "platform/assert.hpp"
#include "verifier/xml_complaint.hpp"
#include "verifier/xml_schema.hpp"
#include "verifier/xml_text.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <limits>

namespace sfmkit::verifier {
namespace {

/// More steps than any useful expression takes over the largest document.
constexpr unsigned long most_xpath_operations = 50'000'000;

const xmlChar* xml_text(const std::string& text) {
    return reinterpret_cast<const xmlChar*>(text.c_str());
}

std::string_view space_of(const xmlNs* space) {
    return space == nullptr ? std::string_view() : text_of(space->href);
}

void replace_content(xmlNode* node, const std::string& value) {
    xmlNodeSetContent(node, nullptr);
    // Not parsed again: the value may hold an ampersand.
    xmlNodeAddContentLen(node, xml_text(value), static_cast<int>(value.size()));
}

void mask_attributes(xmlNode* element, const ValueMask& mask) {
    for (xmlAttr* attribute = element->properties; attribute != nullptr;
         attribute = attribute->next) {
        const std::string space(space_of(attribute->ns));
        const std::string name(text_of(attribute->name));
        for (xmlNode* text = attribute->children; text != nullptr; text = text->next) {
            replace_content(text, mask.attribute(space, name, text_of(text->content)));
        }
        xmlNodeSetName(
            reinterpret_cast<xmlNode*>(attribute), xml_text(mask.attribute_name(space, name))
        );
        attribute->ns = nullptr;
    }
}

void mask_remark(xmlNode* node, const ValueMask& mask) {
    replace_content(node, mask.remark(text_of(node->content)));
    if (node->type != XML_PI_NODE) return;
    const std::string target = mask.remark(text_of(node->name));
    xmlNodeSetName(node, xml_text(target));
}

/// Masks one node and takes its namespace away. Elements have been entered already.
void mask_node(xmlNode* node, const ValueMask& mask) {
    if (node->type == XML_ELEMENT_NODE) {
        mask_attributes(node, mask);
        xmlNodeSetName(node, xml_text(mask.element_name()));
        node->ns = nullptr;
    } else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        replace_content(node, mask.text(text_of(node->content)));
    } else if (node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE) {
        mask_remark(node, mask);
    }
}

xmlNode* child_of(xmlNode* node) {
    return node->type == XML_ELEMENT_NODE ? node->children : nullptr;
}

/// What follows a node when a tree is walked without recursion; null behind the last one.
xmlNode* next_in_tree(xmlNode* node, const xmlNode* root) {
    if (child_of(node) != nullptr) return child_of(node);
    while (node != root && node->next == nullptr) node = node->parent;
    return node == root ? nullptr : node->next;
}

/// Names have lost their namespaces; here the declarations go, which XPath would show. Only when
/// all is masked, because children are known by what their parents declare.
void remove_declarations(xmlNode* root) {
    for (xmlNode* node = root; node != nullptr; node = next_in_tree(node, root)) {
        if (node->type != XML_ELEMENT_NODE) continue;
        xmlFreeNsList(node->nsDef);
        node->nsDef = nullptr;
    }
}

/// In document order, without recursion: depth is the document's choice.
void mask_all(xmlNode* root, PersonalData personal) {
    ValueMask mask(personal);
    xmlNode* node = root;
    while (node != nullptr) {
        if (node->type == XML_ELEMENT_NODE) {
            // Views into the node end when it is renamed.
            const std::string name(text_of(node->name));
            mask.enter(std::string(space_of(node->ns)), name);
        }
        mask_node(node, mask);
        if (child_of(node) != nullptr) {
            node = child_of(node);
            continue;
        }
        if (node->type == XML_ELEMENT_NODE) mask.leave();
        while (node != root && node->next == nullptr) {
            node = node->parent;
            mask.leave();
        }
        node = node == root ? nullptr : node->next;
    }
    remove_declarations(root);
}

/// Writes what stands below a node. Everything was masked before, so nothing is masked again.
void write_element(PreviewWriter& writer, xmlNode* root) {
    xmlNode* node = root;
    const auto start = [&writer](const xmlNode* element) {
        std::vector<PreviewAttribute> attributes;
        for (const xmlAttr* attribute = element->properties; attribute != nullptr;
             attribute = attribute->next) {
            const xmlNode* const text = attribute->children;
            attributes.push_back(
                {.name = text_of(attribute->name),
                 .value = text == nullptr ? std::string_view() : text_of(text->content)}
            );
        }
        writer.start("", text_of(element->name), attributes);
    };
    while (node != nullptr && !writer.is_full()) {
        if (node->type == XML_ELEMENT_NODE) start(node);
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            writer.text(text_of(node->content));
        }
        if (node->type == XML_COMMENT_NODE) writer.comment(text_of(node->content));
        if (child_of(node) != nullptr) {
            node = child_of(node);
            continue;
        }
        if (node->type == XML_ELEMENT_NODE) writer.end();
        while (node != root && node->next == nullptr) {
            node = node->parent;
            writer.end();
        }
        node = node == root ? nullptr : node->next;
    }
}

std::vector<std::string> lines_of(xmlNode* node, std::size_t max_lines) {
    // It is a smaller structure than the others: only `xml`, which every element has, is left.
    if (node->type == XML_NAMESPACE_DECL) return {};
    if (node->type == XML_ATTRIBUTE_NODE) {
        const auto* const attribute = reinterpret_cast<const xmlAttr*>(node);
        const xmlNode* const text = attribute->children;
        return {fmt::format(
            "{}=\"{}\"",
            text_of(attribute->name),
            text == nullptr ? std::string_view() : text_of(text->content)
        )};
    }
    if (node->type == XML_DOCUMENT_NODE) node = xmlDocGetRootElement(node->doc);
    if (node->type != XML_ELEMENT_NODE) return {std::string(text_of(node->content))};
    PreviewWriter writer(PersonalData::shown, max_lines);
    write_element(writer, node);
    return writer.lines();
}

void append_value(const xmlXPathObject& result, std::vector<std::string>& lines) {
    if (result.type == XPATH_BOOLEAN) lines.emplace_back(result.boolval != 0 ? "true" : "false");
    if (result.type == XPATH_NUMBER) lines.push_back(fmt::format("{}", result.floatval));
    if (result.type == XPATH_STRING) lines.emplace_back(text_of(result.stringval));
}

struct ContextDeleter {
    void operator()(xmlXPathContext* context) const noexcept { xmlXPathFreeContext(context); }
};
struct ResultDeleter {
    void operator()(xmlXPathObject* result) const noexcept { xmlXPathFreeObject(result); }
};

void keep_first_code(void* target, xmlErrorPtr error) {
    auto& code = *static_cast<int*>(target);
    if (code == 0 && error != nullptr) code = error->code;
}

std::unexpected<platform::Error> no_expression(const std::string& expression, int code) {
    std::string actual = "XPath cannot read it";
    if (code == XML_XPATH_UNDEF_PREFIX_ERROR) actual = "a prefix; names are matched without";
    if (code == XML_XPATH_UNKNOWN_FUNC_ERROR) actual = "a function that XPath 1.0 does not have";
    if (code == int{XML_XPATH_EXPRESSION_OK} + int{XPATH_OP_LIMIT_EXCEEDED})
        actual = "more steps than are taken";
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "no usable XPath expression",
        .where = "--xpath " + expression,
        .expected = "XPath 1.0 with names without prefix, e.g. //Melding/Type/@V",
        .actual = std::move(actual),
        .next = "sfmkit inspect --help",
    });
}

}  // namespace

void MaskedTree::Deleter::operator()(_xmlDoc* document) const noexcept {
    xmlFreeDoc(document);
}

platform::Result<MaskedTree> MaskedTree::parse(platform::Bytes document, PersonalData personal) {
    prepare_xml_library();
    SFM_ASSERT(document.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
        xmlNewParserCtxt(), &xmlFreeParserCtxt
    );
    SFM_ASSERT(parser != nullptr);
    MaskedTree tree(xmlCtxtReadMemory(
        parser.get(),
        reinterpret_cast<const char*>(document.data()),
        static_cast<int>(document.size()),
        nullptr,
        nullptr,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES
    ));
    const bool with_doctype =
        tree.document_ != nullptr && xmlGetIntSubset(tree.document_.get()) != nullptr;
    if (tree.document_ == nullptr || with_doctype) {
        const xmlError* const error = xmlCtxtGetLastError(parser.get());
        return platform::fail({
            .code = platform::Errc::malformed,
            .what = "the entry cannot be searched",
            .expected = "a well-formed XML document without DOCTYPE",
            .actual = with_doctype       ? "a DOCTYPE"
                      : error == nullptr ? "no document"
                                         : std::string(sentence_for(error->code)),
        });
    }
    for (xmlNode* node = tree.document_->children; node != nullptr; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) mask_all(node, personal);
        if (node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE) {
            mask_remark(node, ValueMask(personal));
        }
    }
    return tree;
}

platform::Result<std::uint64_t> MaskedTree::select(
    const std::string& expression, std::vector<std::string>& lines, std::size_t max_lines
) const {
    const std::unique_ptr<xmlXPathContext, ContextDeleter> context(xmlXPathNewContext(document_.get(
    )));
    SFM_ASSERT(context != nullptr);
    int code = 0;
    context->error = keep_first_code;
    context->userData = &code;
    context->opLimit = most_xpath_operations;
    const std::unique_ptr<xmlXPathObject, ResultDeleter> result(
        xmlXPathEvalExpression(xml_text(expression), context.get())
    );
    if (result == nullptr) return no_expression(expression, code);
    if (result->type != XPATH_NODESET) {
        append_value(*result, lines);
        return 1;
    }
    const xmlNodeSet* const nodes = result->nodesetval;
    const int count = nodes == nullptr ? 0 : nodes->nodeNr;
    for (int i = 0; i < count && lines.size() < max_lines; ++i) {
        for (std::string& line : lines_of(nodes->nodeTab[i], max_lines - lines.size())) {
            lines.push_back(std::move(line));
        }
    }
    return static_cast<std::uint64_t>(count);
}

}  // namespace sfmkit::verifier
