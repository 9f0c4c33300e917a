#include "tests/client/declaration_coverage.hpp"

#include <stdexcept>

namespace sfmkit::test {
namespace {

std::string local_name(const std::string& qualified_name) {
    const std::size_t colon = qualified_name.find(':');
    return colon == std::string::npos ? qualified_name : qualified_name.substr(colon + 1);
}

}  // namespace

DeclarationCoverage::DeclarationCoverage(const std::filesystem::path& schema) {
    if (!schema_.load_file(schema.c_str())) {
        throw std::runtime_error("not XML: " + schema.string());
    }
}

void DeclarationCoverage::add(std::string_view document) {
    pugi::xml_document parsed;
    if (!parsed.load_buffer(document.data(), document.size())) {
        throw std::runtime_error("the document is not well-formed");
    }
    const pugi::xml_node root = parsed.document_element();
    mark(root, global(root.name()));
}

std::size_t DeclarationCoverage::declared() const {
    return schema_.select_nodes("//*[local-name()='element'][@name]").size();
}

std::vector<std::string> DeclarationCoverage::missing(const Reach& reach) const {
    std::vector<std::string> paths;
    for (const auto& [offset, path] : reach.declarations) {
        if (!seen_.contains(offset)) paths.push_back(path);
    }
    for (const auto& [offset, path] : reach.references) {
        if (!seen_references_.contains(offset)) paths.push_back(path + " (reference)");
    }
    return paths;
}

pugi::xml_node DeclarationCoverage::global(const std::string& qualified_name) const {
    const std::string name = local_name(qualified_name);
    for (const pugi::xml_node node : schema_.document_element().children()) {
        if (node.attribute("name").value() == name) return node;
    }
    return {};
}

void DeclarationCoverage::collect_children(const pugi::xml_node& node, Children& children) const {
    for (const pugi::xml_node part : node.children()) {
        const std::string kind = local_name(part.name());
        if (kind == "element") {
            const std::string reference = part.attribute("ref").value();
            const Child child =
                reference.empty() ? Child{part, {}} : Child{global(reference), part};
            children[child.declaration.attribute("name").value()] = child;
            continue;
        }
        if (kind == "extension") {
            collect_children(global(part.attribute("base").value()), children);
        }
        collect_children(part, children);
    }
}

DeclarationCoverage::Children DeclarationCoverage::children_of(const pugi::xml_node& declaration
) const {
    Children children;
    const std::string type = declaration.attribute("type").value();
    const pugi::xml_node named_type = type.empty() ? pugi::xml_node() : global(type);
    collect_children(named_type ? named_type : declaration, children);
    return children;
}

void DeclarationCoverage::mark(const pugi::xml_node& element, const pugi::xml_node& declaration) {
    if (!declaration) throw std::runtime_error(std::string("undeclared: ") + element.name());
    seen_.insert(declaration.offset_debug());
    const Children children = children_of(declaration);
    for (const pugi::xml_node child : element.children()) {
        if (child.type() != pugi::node_element) continue;
        const auto found = children.find(child.name());
        const Child known = found == children.end() ? Child{} : found->second;
        if (known.reference) seen_references_.insert(known.reference.offset_debug());
        mark(child, known.declaration);
    }
}

void DeclarationCoverage::reach(
    const pugi::xml_node& declaration, const std::string& path, Reach& reached
) const {
    const std::string here = path + "/" + declaration.attribute("name").value();
    if (!reached.declarations.emplace(declaration.offset_debug(), here).second) return;
    for (const auto& [name, child] : children_of(declaration)) {
        if (child.reference) {
            reached.references.emplace(child.reference.offset_debug(), here + "/" + name);
        }
        reach(child.declaration, here, reached);
    }
}

DeclarationCoverage::Reach DeclarationCoverage::reach_from(const std::vector<std::string>& roots
) const {
    Reach reached;
    for (const std::string& root : roots) reach(global(root), "", reached);
    return reached;
}

}  // namespace sfmkit::test
