#include "tests/verifier/schema/compiled_schema.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>

#include <stdexcept>

namespace sfmkit::test {
namespace {

void collect(void* target, xmlErrorPtr error) {
    static_cast<std::vector<std::string>*>(target)->push_back(
        fmt::format("{}: {}", error->line, error->message)
    );
}

}  // namespace

Xml<xmlDoc> parse_document(std::string_view text) {
    constexpr int quiet_and_offline = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    Xml<xmlDoc> document(xmlReadMemory(
        text.data(), static_cast<int>(text.size()), "document.xml", nullptr, quiet_and_offline
    ));
    if (!document) throw std::runtime_error("the document is not well-formed");
    return document;
}

CompiledSchema::CompiledSchema(std::string_view text) {
    const Xml<xmlSchemaParserCtxt> parser(
        xmlSchemaNewMemParserCtxt(text.data(), static_cast<int>(text.size()))
    );
    std::vector<std::string> errors;
    xmlSchemaSetParserStructuredErrors(parser.get(), collect, &errors);
    schema_.reset(xmlSchemaParse(parser.get()));
    if (!schema_ || !errors.empty())
        throw std::runtime_error(errors.empty() ? "no schema" : errors.front());
    validity_.reset(xmlSchemaNewValidCtxt(schema_.get()));
}

std::vector<std::string> CompiledSchema::errors_in(xmlDoc& document) const {
    std::vector<std::string> errors;
    xmlSchemaSetValidStructuredErrors(validity_.get(), collect, &errors);
    const int result = xmlSchemaValidateDoc(validity_.get(), &document);
    if ((result == 0) != errors.empty())
        throw std::logic_error(fmt::format("result {}, {} errors", result, errors.size()));
    return errors;
}

}  // namespace sfmkit::test
