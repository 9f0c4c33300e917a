#pragma once

#include <libxml/xmlschemas.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::test {

struct XmlDeleter {
    void operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }
    void operator()(xmlSchema* schema) const noexcept { xmlSchemaFree(schema); }
    void operator()(xmlSchemaParserCtxt* context) const noexcept {
        xmlSchemaFreeParserCtxt(context);
    }
    void operator()(xmlSchemaValidCtxt* context) const noexcept { xmlSchemaFreeValidCtxt(context); }
};

template <class T>
using Xml = std::unique_ptr<T, XmlDeleter>;

/// Parses with libxml2; throws std::runtime_error when the text is not well-formed.
Xml<xmlDoc> parse_document(std::string_view text);

/// A schema as libxml2 understands it; used only as a judge in tests, apart from the verifier.
class CompiledSchema {
  public:
    /// Throws std::runtime_error when libxml2 refuses the schema.
    explicit CompiledSchema(std::string_view text);

    /// What libxml2 has against the document, "line: message" each; empty when it is valid.
    std::vector<std::string> errors_in(xmlDoc& document) const;

  private:
    Xml<xmlSchema> schema_;
    Xml<xmlSchemaValidCtxt> validity_;
};

}  // namespace sfmkit::test
