#pragma once

#include <pugixml.hpp>

#include <functional>
#include <string_view>
#include <vector>

namespace sfmkit::test {

/// A way of changing one place of a schema, for proving that a comparison would notice.
struct SchemaChange {
    std::string_view name;
    /// How many such changes this node allows; 0 where the change makes no sense.
    std::function<int(const pugi::xml_node&)> places;
    /// Makes the change number `place` to the node.
    std::function<void(pugi::xml_node, int place)> apply;
};

const std::vector<SchemaChange>& schema_changes();

/// All elements below the node, in document order.
std::vector<pugi::xml_node> elements_below(const pugi::xml_node& node);

}  // namespace sfmkit::test
