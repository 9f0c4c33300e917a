#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::test {

/// Which element declarations of a schema occur in documents. Understands what the official schema
/// uses: global elements, references, named types, extensions, sequences and choices.
class DeclarationCoverage {
  public:
    /// Throws when the schema cannot be read.
    explicit DeclarationCoverage(const std::filesystem::path& schema);

    /// Marks the declarations of all elements; the document must be valid.
    void add(std::string_view document);

    std::size_t declared() const;
    /// Declarations that a document with one of these roots can hold.
    std::size_t reachable(const std::vector<std::string>& roots) const;
    std::size_t seen() const { return seen_.size(); }
    /// The reachable ones that no document had, as paths.
    std::vector<std::string> missing(const std::vector<std::string>& roots) const;

  private:
    /// Child name to its declaration.
    using Children = std::map<std::string, pugi::xml_node>;

    pugi::xml_node global(const std::string& qualified_name) const;
    void collect_children(const pugi::xml_node& node, Children& children) const;
    Children children_of(const pugi::xml_node& declaration) const;
    void mark(const pugi::xml_node& element, const pugi::xml_node& declaration);
    void reach(
        const pugi::xml_node& declaration,
        const std::string& path,
        std::map<std::ptrdiff_t, std::string>& reached
    ) const;
    std::map<std::ptrdiff_t, std::string> reached_from(const std::vector<std::string>& roots) const;

    pugi::xml_document schema_;
    std::set<std::ptrdiff_t> seen_;
};

}  // namespace sfmkit::test
