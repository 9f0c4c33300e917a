#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace pugi {
class xml_node;
}

namespace sfmkit::test {

/// What a schema says, apart from how it is written: for each global component the facts in
/// document order, one a line. Prefixes, comments, attribute order and the order of the global
/// components (which means nothing in XSD) do not show.
struct SchemaFacts {
    /// By kind and name, such as "element CAVE"; "schema" holds what stands on the root.
    std::map<std::string, std::vector<std::string>> components{};
    std::size_t declarations = 0;  ///< elements with a name, global ones included
    std::size_t references = 0;    ///< elements with a ref

    /// All lines, each with its component before it.
    std::vector<std::string> lines() const;
};

/// Reduces a schema. Throws std::runtime_error on a construct that it does not know, so that
/// nothing a schema says can go by unseen.
SchemaFacts reduce_schema(const pugi::xml_node& schema);

}  // namespace sfmkit::test
