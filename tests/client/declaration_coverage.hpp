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

/// Which element declarations of a schema, and which of its references to global ones, occur in
/// documents. Understands what the official schema uses: global elements, references, named types,
/// extensions, sequences and choices.
class DeclarationCoverage {
  public:
    /// Throws when the schema cannot be read.
    explicit DeclarationCoverage(const std::filesystem::path& schema);

    /// Marks the declarations of all elements; the document must be valid.
    void add(std::string_view document);

    std::size_t declared() const;
    std::size_t seen() const { return seen_.size(); }
    std::size_t seen_references() const { return seen_references_.size(); }

    /// Places in the schema, with the path by which each was reached first.
    using Places = std::map<std::ptrdiff_t, std::string>;
    struct Reach {
        Places declarations;
        Places references;
    };
    /// What a document with one of these roots can hold.
    Reach reach_from(const std::vector<std::string>& roots) const;
    /// What of it no document had, as paths.
    std::vector<std::string> missing(const Reach& reach) const;

  private:
    struct Child {
        pugi::xml_node declaration;
        pugi::xml_node reference;  ///< null when it is declared in its place
    };
    using Children = std::map<std::string, Child>;

    pugi::xml_node global(const std::string& qualified_name) const;
    void collect_children(const pugi::xml_node& node, Children& children) const;
    Children children_of(const pugi::xml_node& declaration) const;
    void mark(const pugi::xml_node& element, const pugi::xml_node& declaration);
    void reach(const pugi::xml_node& declaration, const std::string& path, Reach& reached) const;

    pugi::xml_document schema_;
    std::set<std::ptrdiff_t> seen_;
    std::set<std::ptrdiff_t> seen_references_;
};

}  // namespace sfmkit::test
