#pragma once

#include "platform/bytes.hpp"
#include "verifier/limits.hpp"
#include "verifier/xml_schema.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::verifier {

/// Something that the parser said about a document, and where it stood.
struct XmlProblem {
    enum class Kind {
        not_well_formed,
        document_type,   ///< a DOCTYPE, or an entity beside the five
        encoding,        ///< the bytes are not what the document declares
        schema,          ///< not valid
        known_2021_gap,  ///< not valid in one of the three ways of the 2021 edition
        limit            ///< deeper or longer than we read
    };
    Kind kind = Kind::not_well_formed;
    std::uint64_t byte_offset = 0;  ///< how far the parser had read
    std::uint64_t line = 0;
    std::uint64_t column = 0;  ///< from 1, as libxml2 counts
    std::string xpath = {};
    std::string expected = {};
    std::string message = {};  ///< never holds text or attribute values of the document
};

/// What is known of a document after its last byte.
struct XmlDocument {
    std::vector<XmlProblem> problems;
    std::uint64_t problems_not_kept = 0;
    std::string encoding;      ///< as the parser settled on it; empty when it found nothing
    bool utf16_bytes = false;  ///< two bytes a character, whatever is declared
    std::string root_name;
    std::string root_namespace;
    std::vector<std::string> message_files;  ///< texts of MeldingsFil, in document order

    bool has(XmlProblem::Kind kind) const noexcept;
};

/// Parses one document piece by piece, well-formedness and schema in one pass, and keeps nothing
/// of it but what XmlDocument names. The schema, if any, must outlive the gate.
class XmlGate {
  public:
    XmlGate(const XmlSchema* schema, const Limits& limits);
    ~XmlGate();
    XmlGate(const XmlGate&) = delete;
    XmlGate& operator=(const XmlGate&) = delete;

    void feed(platform::Bytes bytes);
    /// Call once, after the last byte.
    XmlDocument finish();

  private:
    class Parser;

    std::unique_ptr<Parser> parser_;
};

}  // namespace sfmkit::verifier
