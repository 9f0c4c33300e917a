#pragma once

#include "verifier/markup_places.hpp"
#include "verifier/schema_outline.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

inline constexpr std::size_t max_xpath_bytes = 1024;

/// Adds a step to an XPath; the first one, the root, gets no position. False when the path is full:
/// `/...` stands for the rest then.
bool add_step(std::string& xpath, std::string_view name, std::uint64_t position);

/// Where a parser stands in a document, as an XPath of local names with positions. Names that
/// known_name does not know are `*`: a document's own words may be personal data.
class ElementPath {
  public:
    struct Step {
        std::string_view name;  ///< as shown
        std::string uri;
        TextPlace place;  ///< of the start tag
        /// What the schema says of it; null where nothing is known, or no schema at hand.
        const ContentOutline::Element* declared = nullptr;
        std::uint64_t namespaces = 0;  ///< in scope, as declared up to here
        std::uint64_t position = 1;    ///< among its siblings of this name
        std::uint64_t child_count = 0;
        std::map<std::string_view, std::uint64_t> children = {};  ///< by known name

        const ContentOutline* content() const noexcept {
            return declared == nullptr ? nullptr : declared->content;
        }
    };

    /// The outline, if any, must outlive the path.
    explicit ElementPath(const SchemaOutline* outline = nullptr) noexcept : outline_(outline) {}

    /// With so many namespaces declared in the tag.
    void start(
        std::string_view name,
        std::string_view uri,
        TextPlace place = {},
        std::uint64_t namespaces = 0
    );
    void end() noexcept;

    std::size_t depth() const noexcept { return steps_.size(); }
    /// At most max_xpath_bytes; what is deeper is left out, and `/...` stands for it.
    std::string xpath() const;
    /// The element that the parser is in; 1 is its parent. Null beyond the root.
    const Step* step(std::size_t levels_up = 0) const noexcept;

  private:
    const ContentOutline::Element* declared(std::string_view name, std::string_view uri) const;

    const SchemaOutline* outline_;
    std::vector<Step> steps_;
};

}  // namespace sfmkit::verifier
