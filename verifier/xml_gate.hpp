#pragma once

#include "platform/bytes.hpp"
#include "verifier/limits.hpp"
#include "verifier/xml_problem.hpp"
#include "verifier/xml_schema.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Names a message file; its text has to be known before the rules judge.
inline constexpr std::string_view message_file_element = "MeldingsFil";

/// What is known of a document after its last byte.
struct XmlDocument {
    std::vector<XmlProblem> problems;
    std::uint64_t problems_not_kept = 0;
    std::string encoding;      ///< as the parser settled on it; empty when it found nothing
    bool utf16_bytes = false;  ///< two bytes a character, whatever is declared
    std::string root_name;
    std::string root_namespace;
    std::uint64_t elements = 0;
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
