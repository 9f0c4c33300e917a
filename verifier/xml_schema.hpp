#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"
#include "verifier/schema_outline.hpp"

#include <memory>
#include <string>

struct _xmlSchema;

namespace sfmkit::verifier {

/// A parsed XML schema. Read-only afterwards; any number of documents may be checked against it.
class XmlSchema {
  public:
    /// Errc::usage when the content is no schema; name is used in messages only.
    static platform::Result<XmlSchema> parse(platform::Bytes content, const std::string& name);

    /// The schema that is built into the program (own_schema.hpp). Takes milliseconds.
    static XmlSchema own();

    _xmlSchema* get() const noexcept { return schema_.get(); }
    const SchemaOutline& outline() const noexcept { return outline_; }

  private:
    struct Deleter {
        void operator()(_xmlSchema* schema) const noexcept;
    };
    XmlSchema(_xmlSchema* schema, SchemaOutline outline)
        : schema_(schema), outline_(std::move(outline)) {}

    std::unique_ptr<_xmlSchema, Deleter> schema_;
    SchemaOutline outline_;
};

/// Prepares libxml2 and forbids it to fetch anything that a document names. Any number of calls.
void prepare_xml_library();

}  // namespace sfmkit::verifier
