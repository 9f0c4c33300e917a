#include "verifier/xml_schema.hpp"

#include "platform/assert.hpp"
#include "verifier/schema/own_schema.hpp"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

#include <limits>
#include <mutex>

namespace sfmkit::verifier {
namespace {

/// Nothing is loaded, from network or disk: XML_PARSE_NONET alone lets `file:` through.
xmlParserInputPtr refuse(const char* /*url*/, const char* /*id*/, xmlParserCtxtPtr /*context*/) {
    return nullptr;
}

/// libxml2 prints what has no handler of its own to the error stream.
void ignore(void* /*context*/, const char* /*format*/, ...) {}

void keep_first(void* target, xmlErrorPtr error) {
    auto& text = *static_cast<std::string*>(target);
    if (text.empty() && error != nullptr && error->message != nullptr) text = error->message;
}

std::unexpected<platform::Error> no_schema(const std::string& name, std::string actual) {
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the file is no usable XML schema",
        .where = name,
        .expected = "the XSD of the export format as NHN publishes it",
        .actual = std::move(actual),
    });
}

}  // namespace

void prepare_xml_library() {
    // libxml2 keeps these per process, so they are set once, whoever comes first.
    static std::once_flag once;
    std::call_once(once, [] {
        xmlInitParser();
        xmlSetExternalEntityLoader(refuse);
        xmlSetGenericErrorFunc(nullptr, ignore);
        xmlThrDefSetGenericErrorFunc(nullptr, ignore);  // for the threads to come
    });
}

void XmlSchema::Deleter::operator()(_xmlSchema* schema) const noexcept {
    xmlSchemaFree(schema);
}

platform::Result<XmlSchema> XmlSchema::parse(platform::Bytes content, const std::string& name) {
    prepare_xml_library();
    if (content.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return no_schema(name, "a file of 2 GiB or more");
    }
    const std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> parser(
        xmlSchemaNewMemParserCtxt(
            reinterpret_cast<const char*>(content.data()), static_cast<int>(content.size())
        ),
        &xmlSchemaFreeParserCtxt
    );
    std::string reason;
    if (!parser) return no_schema(name, "an empty file");
    xmlSchemaSetParserStructuredErrors(parser.get(), keep_first, &reason);
    xmlSchemaPtr const schema = xmlSchemaParse(parser.get());
    if (schema == nullptr) return no_schema(name, reason);
    return XmlSchema(schema, SchemaOutline(content));
}

XmlSchema XmlSchema::own() {
    auto schema = parse(platform::as_bytes(own_schema()), "the built-in schema");
    SFM_ASSERT(schema.has_value());
    return std::move(*schema);
}

}  // namespace sfmkit::verifier
