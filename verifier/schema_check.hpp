#pragma once

#include "verifier/element_path.hpp"
#include "verifier/xml_problem.hpp"
#include "verifier/xml_schema.hpp"
#include "verifier/xml_tag.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct _xmlError;
struct _xmlSAXHandler;
struct _xmlSchemaSAXPlug;
struct _xmlSchemaValidCtxt;

namespace sfmkit::verifier {

struct SchemaMessage;

/// Asks libxml2's validator while a document is parsed and tells its complaints so that people
/// understand them: what kind of mistake, what was expected, what stands there. The validator
/// alone decides that something is wrong; after the first complaint about the children of an
/// element it does not judge the others, so each element's children give one problem.
class SchemaCheck {
  public:
    /// Schema, path and problems must outlive the check.
    SchemaCheck(const XmlSchema& schema, const ElementPath& path, XmlProblems& problems);
    SchemaCheck(const SchemaCheck&) = delete;
    SchemaCheck& operator=(const SchemaCheck&) = delete;

    /// After the path has entered the element. True when the tag itself is wrong.
    bool start(const StartTag& tag);
    /// The whole text between two tags: given the parser's many small pieces, libxml2's validator
    /// would need time in the square of the text's length.
    /// A CDATA section counts where only elements may stand, even an empty one.
    void text(std::string_view text, bool has_cdata);
    /// Before the path leaves the element.
    void end(const StartTag& tag, TextPlace end_tag);

  private:
    struct Deleter {
        void operator()(_xmlSchemaValidCtxt* context) const noexcept;
        void operator()(_xmlSchemaSAXPlug* plug) const noexcept;
    };
    /// One an open element.
    struct Level {
        std::optional<std::size_t> last_child = {};  ///< accepted, as its place in the schema
        bool faulted = false;                        ///< its children are not judged any more
        std::optional<std::size_t> problem = {};     ///< says that something is missing
        std::vector<std::string> awaited = {};       ///< what is missing, so far
    };

    static void take_error(void* self, _xmlError* error);
    void complain(int code, std::string_view message);
    void complain_about_order(std::vector<std::string> expected);
    void complain_about_missing(std::vector<std::string> expected, std::size_t parent_level);
    void complain_about_attribute(const SchemaMessage& message, int code);
    void complain_about_content();
    void complain_about_value(const SchemaMessage& message);
    /// A missing element that comes after all: it was the order that was wrong.
    void correct_order(std::string_view name);
    void report(XmlProblem problem);
    static std::string shown(const ElementPath::Step* step);

    const ElementPath& path_;
    XmlProblems& problems_;
    std::vector<Level> levels_;
    bool ending_ = false;
    TextPlace end_tag_;
    bool wrong_tag_ = false;
    std::unique_ptr<_xmlSchemaValidCtxt, Deleter> validator_;
    _xmlSAXHandler* events_ = nullptr;  ///< of the plug
    void* events_data_ = nullptr;
    std::unique_ptr<_xmlSchemaSAXPlug, Deleter> plug_;
};

}  // namespace sfmkit::verifier
