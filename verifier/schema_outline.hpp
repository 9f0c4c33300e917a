#pragma once

#include "platform/bytes.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// What may stand in elements of one complex type, without order and alternatives: enough to tell
/// what a validator's complaint means. The validator decides what is valid, never this.
struct ContentOutline {
    struct Attribute {
        std::string name;
    };
    struct Element {
        std::string name;
        bool required = false;  ///< where its group stands
        bool repeats = false;
        bool nillable = false;
        bool string = false;                      ///< text of any kind: xs:string or xs:token
        const ContentOutline* content = nullptr;  ///< null: text only
    };
    std::vector<Element> elements;  ///< in the order of the schema
    std::vector<Attribute> attributes;

    /// Null when there is none of this name.
    const Element* element(std::string_view name) const noexcept;
};

/// The declarations of an XML schema. Understands local and global elements, references, named and
/// anonymous types, extensions, sequences and choices; what else a schema holds is not in it.
class SchemaOutline {
  public:
    /// Empty when the schema is no XML.
    explicit SchemaOutline(platform::Bytes schema);
    ~SchemaOutline();
    SchemaOutline(SchemaOutline&&) noexcept;
    SchemaOutline& operator=(SchemaOutline&&) noexcept;

    /// A global element; null when there is none of this name.
    const ContentOutline::Element* root(std::string_view name) const noexcept;

  private:
    class Reader;

    ContentOutline roots_;
    std::vector<std::unique_ptr<ContentOutline>> contents_;
};

}  // namespace sfmkit::verifier
