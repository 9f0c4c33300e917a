#include "tests/support/json_shape.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <stdexcept>

namespace sfmkit::test {
namespace {

using nlohmann::json;

void require_known_keywords(const json& schema) {
    static const std::set<std::string> known = {
        "$schema",
        "title",
        "description",
        "type",
        "required",
        "properties",
        "additionalProperties",
        "items",
        "enum",
        "minimum",
        "pattern"
    };
    for (const auto& [keyword, value] : schema.items()) {
        if (!known.contains(keyword)) throw std::runtime_error("unknown keyword " + keyword);
    }
}

bool is_of_type(const json& value, const std::string& type) {
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "string") return value.is_string();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "null") return value.is_null();
    throw std::runtime_error("unknown type " + type);
}

bool is_of_types(const json& value, const json& types) {
    if (types.is_string()) return is_of_type(value, types.get<std::string>());
    for (const json& type : types) {
        if (is_of_type(value, type.get<std::string>())) return true;
    }
    return false;
}

void add(std::vector<std::string>& target, const std::vector<std::string>& more) {
    target.insert(target.end(), more.begin(), more.end());
}

std::vector<std::string> breaches_of_object(
    const json& value, const json& schema, const std::string& place
) {
    std::vector<std::string> breaches;
    const json& properties = schema.at("properties");
    for (const json& name : schema.at("required")) {
        if (!value.contains(name)) breaches.push_back(place + " lacks " + name.dump());
    }
    for (const auto& [name, member] : value.items()) {
        if (properties.contains(name)) {
            add(breaches, breaches_of_schema(member, properties.at(name), place + "." + name));
        } else if (schema.at("additionalProperties") == false) {
            breaches.push_back(place + " has " + name);
        }
    }
    return breaches;
}

}  // namespace

std::vector<std::string> breaches_of_schema(
    const json& value, const json& schema, const std::string& place
) {
    require_known_keywords(schema);
    if (!is_of_types(value, schema.at("type"))) return {place + " has another type"};
    if (value.is_object()) return breaches_of_object(value, schema, place);
    std::vector<std::string> breaches;
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string item = place + "[" + std::to_string(i) + "]";
            add(breaches, breaches_of_schema(value[i], schema.at("items"), item));
        }
    }
    if (schema.contains("enum")) {
        const json& values = schema.at("enum");
        if (std::ranges::find(values, value) == values.end()) {
            breaches.push_back(place + " is " + value.dump());
        }
    }
    if (schema.contains("minimum") && value < schema.at("minimum")) {
        breaches.push_back(place + " is too small");
    }
    return breaches;
}

}  // namespace sfmkit::test
