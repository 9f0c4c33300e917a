#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// What one of libxml2's sentences about a schema error tells, without the value that is wrong:
/// values are personal data.
struct SchemaMessage {
    std::string attribute = {};              ///< that it is about, as known_name shows it
    std::vector<std::string> expected = {};  ///< elements that could have come instead
    std::string type = {};                   ///< of the value that is wrong, e.g. `xs:date`
    /// What the value looks like, e.g. `99.99.9999`; see shape_of.
    std::string value_shape = {};
    bool missing_attribute = false;
};

SchemaMessage read_schema_message(std::string_view message);

/// A value with each digit as 9 and each letter as a, so that its form shows and nothing else; at
/// most 30 characters. `an empty value` and `only blanks` are said in words.
std::string shape_of(std::string_view value);

/// An example behind the type, where one helps: `xs:date, like 2024-01-31`.
std::string type_with_example(const std::string& type);

}  // namespace sfmkit::verifier
