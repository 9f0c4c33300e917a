#include "tests/client/official_schema.hpp"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <stdexcept>

namespace sfmkit::test {
namespace {

template <class T, void (*release)(T*)>
struct Release {
    void operator()(T* pointer) const { release(pointer); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

void collect(void* target, xmlError* error) {
    auto& errors = *static_cast<std::vector<std::string>*>(target);
    errors.emplace_back(error->message ? error->message : "error without text");
}

}  // namespace

struct OfficialSchema::State {
    Owned<xmlSchema, xmlSchemaFree> schema;
};

OfficialSchema::OfficialSchema(const std::filesystem::path& file)
    : state_(std::make_unique<State>()) {
    const Owned<xmlSchemaParserCtxt, xmlSchemaFreeParserCtxt> parser(
        xmlSchemaNewParserCtxt(file.c_str())
    );
    state_->schema.reset(xmlSchemaParse(parser.get()));
    if (!state_->schema) throw std::runtime_error("not a schema: " + file.string());
}

OfficialSchema::~OfficialSchema() = default;

std::vector<std::string> OfficialSchema::errors_of(std::string_view document) const {
    std::vector<std::string> errors;
    xmlSetStructuredErrorFunc(&errors, collect);
    const Owned<xmlDoc, xmlFreeDoc> parsed(xmlReadMemory(
        document.data(), static_cast<int>(document.size()), "document", nullptr, XML_PARSE_NONET
    ));
    if (parsed) {
        const Owned<xmlSchemaValidCtxt, xmlSchemaFreeValidCtxt> validator(
            xmlSchemaNewValidCtxt(state_->schema.get())
        );
        xmlSchemaSetValidStructuredErrors(validator.get(), collect, &errors);
        const int result = xmlSchemaValidateDoc(validator.get(), parsed.get());
        if (result != 0 && errors.empty()) errors.emplace_back("invalid without a message");
    } else if (errors.empty()) {
        errors.emplace_back("not well-formed");
    }
    xmlSetStructuredErrorFunc(nullptr, nullptr);
    return errors;
}

}  // namespace sfmkit::test
