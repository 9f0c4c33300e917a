#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace sfmkit::test {

/// Breaches of a JSON schema that uses type, required, properties, additionalProperties, items,
/// enum and minimum; any other keyword but descriptions throws, so that none is overlooked.
std::vector<std::string> breaches_of_schema(
    const nlohmann::json& value, const nlohmann::json& schema, const std::string& place = "$"
);

}  // namespace sfmkit::test
