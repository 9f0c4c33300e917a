#include "tests/verifier/schema/schema_facts.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string_view>

namespace sfmkit::test {
namespace {

constexpr std::string_view xsd_namespace = "http://www.w3.org/2001/XMLSchema";

std::string_view local_name(std::string_view qualified) {
    const auto colon = qualified.find(':');
    return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

/// Which attributes a construct may have here. One that is missing is unknown to the reducer.
const std::set<std::string_view>& known_attributes(std::string_view construct) {
    static const std::map<std::string_view, std::set<std::string_view>> known{
        {"element", {"name", "type", "ref", "minOccurs", "maxOccurs", "nillable", "default"}},
        {"sequence", {"minOccurs", "maxOccurs"}},
        {"choice", {"minOccurs", "maxOccurs"}},
        {"complexType", {"name"}},
        {"simpleType", {"name"}},
        {"complexContent", {}},
        {"extension", {"base"}},
        {"restriction", {"base"}},
        {"attribute", {"name", "type", "use"}},
    };
    const auto found = known.find(construct);
    if (found == known.end())
        throw std::runtime_error(fmt::format("unknown construct {}", construct));
    return found->second;
}

class Reducer {
  public:
    explicit Reducer(const pugi::xml_node& schema) : schema_(schema) {}

    SchemaFacts reduce() {
        describe_root();
        for (const auto node : children(schema_)) {
            const std::string name = node.attribute("name").value();
            const std::string key = fmt::format("{} {}", local_name(node.name()), name);
            lines_ = &facts_.components[key];
            if (!lines_->empty()) throw std::runtime_error(key + " is declared twice");
            describe(node, name);
        }
        return std::move(facts_);
    }

  private:
    /// The elements below a node, without documentation. Refuses attributes it does not know.
    static std::vector<pugi::xml_node> children(const pugi::xml_node& parent) {
        std::vector<pugi::xml_node> result;
        for (const auto node : parent.children()) {
            if (node.type() == pugi::node_comment) continue;
            const auto name = local_name(node.name());
            if (name == "annotation") continue;
            const auto& known = known_attributes(name);
            for (const auto attribute : node.attributes()) {
                if (!known.contains(attribute.name()))
                    throw std::runtime_error(fmt::format("unknown {}/@{}", name, attribute.name()));
            }
            result.push_back(node);
        }
        return result;
    }

    void describe_root() {
        lines_ = &facts_.components["schema"];
        for (const auto attribute : schema_.attributes()) {
            const std::string_view name = attribute.name();
            // vc:minVersion tells XSD 1.0 processors nothing, and no construct here needs 1.1.
            if (name == "xmlns" || name.starts_with("xmlns:") || name == "vc:minVersion") continue;
            lines_->push_back(fmt::format("{}={}", name, attribute.value()));
        }
        std::sort(lines_->begin(), lines_->end());
    }

    void describe(const pugi::xml_node& node, const std::string& path) {
        const auto kind = local_name(node.name());
        if (kind == "element") return describe_element(node, path);
        if (kind == "attribute") {
            add(path, "attribute", {{"type", type_of(node, "type")}, {"use", "optional"}}, node);
            return;
        }
        if (kind == "sequence" || kind == "choice")
            add(path, kind, {{"minOccurs", "1"}, {"maxOccurs", "1"}}, node);
        else if (kind == "extension" || kind == "restriction")
            add(path, kind, {{"base", type_of(node, "base")}}, node);
        else
            add(path, kind, {}, node);
        describe_children(node, path, kind);
    }

    void describe_element(const pugi::xml_node& node, const std::string& path) {
        if (node.attribute("ref")) {
            ++facts_.references;
            add(path,
                "reference",
                {{"ref", type_of(node, "ref")}, {"minOccurs", "1"}, {"maxOccurs", "1"}},
                node);
            return;
        }
        ++facts_.declarations;
        add(path,
            "element",
            {{"type", type_of(node, "type")},
             {"minOccurs", "1"},
             {"maxOccurs", "1"},
             {"nillable", "false"},
             {"default", "-"}},
            node);
        describe_children(node, path, "");
    }

    void describe_children(
        const pugi::xml_node& node, const std::string& path, std::string_view step
    ) {
        for (const auto child : children(node)) {
            const std::string name = child.attribute("name") ? child.attribute("name").value()
                                                             : child.attribute("ref").value();
            std::string below = path;
            if (!step.empty()) below += fmt::format("/{}", step);
            if (!name.empty()) below += fmt::format("/{}", local_name(name));
            describe(child, below);
        }
    }

    struct Property {
        std::string_view name;
        std::string value;  ///< a resolved name, or what holds when the attribute is missing
    };

    void add(
        const std::string& path,
        std::string_view kind,
        const std::vector<Property>& properties,
        const pugi::xml_node& node
    ) {
        std::string line = fmt::format("{} {}", path, kind);
        for (const auto& [name, value] : properties) {
            const bool resolved = name == "type" || name == "base" || name == "ref";
            const auto attribute = node.attribute(std::string(name).c_str());
            line += fmt::format(
                " {}={}", name, resolved || !attribute ? value : std::string(attribute.value())
            );
        }
        lines_->push_back(std::move(line));
    }

    /// The name that an attribute holds, with xs: or sfm: before it whatever prefix the file uses.
    std::string type_of(const pugi::xml_node& node, const char* attribute) const {
        const std::string_view qualified = node.attribute(attribute).value();
        if (qualified.empty()) return "inline";
        const auto colon = qualified.find(':');
        const std::string declaration = colon == std::string_view::npos
                                            ? std::string("xmlns")
                                            : fmt::format("xmlns:{}", qualified.substr(0, colon));
        const std::string_view uri = schema_.attribute(declaration.c_str()).value();
        if (uri == xsd_namespace) return fmt::format("xs:{}", local_name(qualified));
        if (uri == schema_.attribute("targetNamespace").value())
            return fmt::format("sfm:{}", local_name(qualified));
        throw std::runtime_error(fmt::format("{} is of no known namespace", qualified));
    }

    pugi::xml_node schema_;
    SchemaFacts facts_;
    std::vector<std::string>* lines_ = nullptr;
};

}  // namespace

std::vector<std::string> SchemaFacts::lines() const {
    std::vector<std::string> result;
    for (const auto& [component, facts] : components) {
        for (const auto& fact : facts) result.push_back(fmt::format("{}: {}", component, fact));
    }
    return result;
}

SchemaFacts reduce_schema(const pugi::xml_node& schema) {
    return Reducer(schema).reduce();
}

}  // namespace sfmkit::test
