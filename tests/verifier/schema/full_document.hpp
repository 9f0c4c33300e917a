#pragma once

#include <string>
#include <string_view>

namespace sfmkit::test {

/// A document of this root with everything that a schema allows: all optional elements and
/// attributes, two of what may repeat, the alternatives of a choice in turn.
std::string full_document(std::string_view schema, std::string_view root);

}  // namespace sfmkit::test
