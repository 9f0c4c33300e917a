#include "tests/verifier/schema/schema_changes.hpp"

#include <string>

namespace sfmkit::test {
namespace {

/// The name without its prefix.
std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is(const pugi::xml_node& node, std::string_view kind) {
    return local_name(node) == kind;
}

bool is_compositor(const pugi::xml_node& node) {
    return is(node, "sequence") || is(node, "choice");
}

/// Something with an occurrence: a compositor, or an element inside one.
bool is_particle(const pugi::xml_node& node) {
    return is_compositor(node) || (is(node, "element") && is_compositor(node.parent()));
}

std::vector<pugi::xml_node> particles_in(const pugi::xml_node& compositor) {
    std::vector<pugi::xml_node> result;
    for (const auto node : compositor.children()) {
        if (is_particle(node)) result.push_back(node);
    }
    return result;
}

/// Sets an attribute to one value, or to the other where it already has (or means) the first.
void set_or_flip(
    pugi::xml_node node, const char* name, std::string_view implied, const char* a, const char* b
) {
    auto attribute = node.attribute(name);
    const std::string_view now = attribute ? attribute.value() : implied;
    const char* next = now == a ? b : a;
    if (!attribute) attribute = node.append_attribute(name);
    attribute.set_value(next);
}

void append_to_value(pugi::xml_node node, const char* name) {
    auto attribute = node.attribute(name);
    attribute.set_value((std::string(attribute.value()) + "Other").c_str());
}

void flip_compositor(pugi::xml_node node) {
    std::string name = node.name();
    name.resize(name.size() - local_name(node).size());
    name += is(node, "sequence") ? "choice" : "sequence";
    node.set_name(name.c_str());
}

SchemaChange on_attribute(std::string_view name, const char* attribute) {
    return {
        name,
        [attribute](const pugi::xml_node& node) {
            return !is(node, "schema") && node.attribute(attribute) ? 1 : 0;
        },
        [attribute](pugi::xml_node node, int) { append_to_value(node, attribute); }
    };
}

std::vector<SchemaChange> make_changes() {
    const auto on_particle = [](const pugi::xml_node& node) { return is_particle(node) ? 1 : 0; };
    const auto on_declaration = [](const pugi::xml_node& node) {
        return is(node, "element") && !node.attribute("ref") ? 1 : 0;
    };
    return {
        {"minOccurs",
         on_particle,
         [](pugi::xml_node node, int) { set_or_flip(node, "minOccurs", "1", "0", "1"); }},
        {"maxOccurs",
         on_particle,
         [](pugi::xml_node node, int) { set_or_flip(node, "maxOccurs", "1", "unbounded", "1"); }},
        {"sequence or choice",
         [](const pugi::xml_node& node) { return is_compositor(node) ? 1 : 0; },
         [](pugi::xml_node node, int) { flip_compositor(node); }},
        {"order of neighbours",
         [](const pugi::xml_node& node) {
             const auto particles = is_compositor(node) ? particles_in(node).size() : 0;
             return particles < 2 ? 0 : static_cast<int>(particles) - 1;
         },
         [](pugi::xml_node node, int place) {
             const auto particles = particles_in(node);
             const auto first = static_cast<std::size_t>(place);
             node.insert_move_after(particles[first], particles[first + 1]);
         }},
        {"particle removed",
         on_particle,
         [](pugi::xml_node node, int) { node.parent().remove_child(node); }},
        {"nillable",
         on_declaration,
         [](pugi::xml_node node, int) { set_or_flip(node, "nillable", "false", "true", "false"); }},
        {"default",
         on_declaration,
         [](pugi::xml_node node, int) { set_or_flip(node, "default", "-", "0", "1"); }},
        {"attribute use",
         [](const pugi::xml_node& node) { return is(node, "attribute") ? 1 : 0; },
         [](pugi::xml_node node, int) {
             set_or_flip(node, "use", "optional", "required", "optional");
         }},
        on_attribute("name", "name"),
        on_attribute("type", "type"),
        on_attribute("target of a reference", "ref"),
        on_attribute("base", "base"),
    };
}

void collect(const pugi::xml_node& node, std::vector<pugi::xml_node>& result) {
    for (const auto child : node.children()) {
        if (child.type() != pugi::node_element || is(child, "annotation")) continue;
        result.push_back(child);
        collect(child, result);
    }
}

}  // namespace

const std::vector<SchemaChange>& schema_changes() {
    static const std::vector<SchemaChange> changes = make_changes();
    return changes;
}

std::vector<pugi::xml_node> elements_below(const pugi::xml_node& node) {
    std::vector<pugi::xml_node> result;
    collect(node, result);
    return result;
}

}  // namespace sfmkit::test
