#include "verifier/xml_reader.hpp"

#include "platform/assert.hpp"
#include "verifier/xml_complaint.hpp"
#include "verifier/xml_schema.hpp"
#include "verifier/xml_text.hpp"

#include <libxml/xmlreader.h>

namespace sfmkit::verifier {
namespace {

/// Keeps the first complaint, in our words: libxml2's may quote the document.
void keep_first(void* target, xmlErrorPtr error) {
    auto& problem = *static_cast<std::string*>(target);
    if (error == nullptr || error->level == XML_ERR_WARNING || !problem.empty()) return;
    problem =
        std::string(sentence_for(error->code)) + " (line " + std::to_string(error->line) + ")";
}

}  // namespace

XmlReader::XmlReader(EntryReader& source) : source_(&source) {
    prepare_xml_library();
    reader_ = xmlReaderForIO(
        &XmlReader::fill, nullptr, this, nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_BIG_LINES
    );
    SFM_ASSERT(reader_ != nullptr);
    xmlTextReaderSetStructuredErrorHandler(reader_, keep_first, &problem_);
}

XmlReader::~XmlReader() {
    xmlFreeTextReader(reader_);
}

int XmlReader::fill(void* self, char* target, int length) {
    auto& reader = *static_cast<XmlReader*>(self);
    const auto bytes = std::as_writable_bytes(std::span(target, static_cast<std::size_t>(length)));
    return static_cast<int>(reader.source_->read(bytes));
}

XmlReader::Event XmlReader::next() {
    if (empty_start_) {
        empty_start_ = false;
        return Event::end;
    }
    while (true) {
        const int read = xmlTextReaderRead(reader_);
        if (read == 0 && problem_.empty()) return Event::finished;
        if (read != 1) {
            if (!source_->problem().empty()) problem_ = source_->problem();
            if (problem_.empty()) problem_ = "the document cannot be read";
            return Event::failed;
        }
        switch (xmlTextReaderNodeType(reader_)) {
            case XML_READER_TYPE_ELEMENT:
                empty_start_ = xmlTextReaderIsEmptyElement(reader_) == 1;
                return Event::start;
            case XML_READER_TYPE_END_ELEMENT:
                return Event::end;
            case XML_READER_TYPE_TEXT:
            case XML_READER_TYPE_CDATA:
                return Event::text;
            case XML_READER_TYPE_COMMENT:
            case XML_READER_TYPE_PROCESSING_INSTRUCTION:
                return Event::comment;
            case XML_READER_TYPE_DOCUMENT_TYPE:
                problem_ = "the document has a DOCTYPE; it is not read further";
                return Event::failed;
            default:
                break;
        }
    }
}

std::string_view XmlReader::space() const {
    return text_of(xmlTextReaderConstNamespaceUri(reader_));
}

std::string_view XmlReader::name() const {
    return text_of(xmlTextReaderConstLocalName(reader_));
}

std::string_view XmlReader::value() const {
    return text_of(xmlTextReaderConstValue(reader_));
}

int XmlReader::depth() const {
    return xmlTextReaderDepth(reader_);
}

std::vector<PreviewAttribute> XmlReader::attributes() const {
    std::vector<PreviewAttribute> all;
    const xmlNode* const node = xmlTextReaderCurrentNode(reader_);
    if (node == nullptr || node->type != XML_ELEMENT_NODE) return all;
    for (const xmlAttr* attribute = node->properties; attribute != nullptr;
         attribute = attribute->next) {
        // Without DTD an attribute has one text below it, or none when it is empty.
        const xmlNode* const text = attribute->children;
        all.push_back({
            .space = attribute->ns == nullptr ? std::string_view() : text_of(attribute->ns->href),
            .name = text_of(attribute->name),
            .value = text == nullptr ? std::string_view() : text_of(text->content),
        });
    }
    return all;
}

}  // namespace sfmkit::verifier
