#pragma once

#include <string>
#include <string_view>

namespace sfmkit::verifier {

/// libxml2's sentence about a schema error, without namespaces and without the value: values are
/// personal data.
std::string masked_schema_message(std::string_view message);

/// What the schema would have taken, e.g. `InVib` or `one of Id, State`; empty when not told.
std::string expected_elements(std::string_view message);

}  // namespace sfmkit::verifier
