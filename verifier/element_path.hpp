#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

inline constexpr std::size_t max_xpath_bytes = 1024;

/// Where a parser stands in a document, as an XPath of local names with positions. Names that
/// known_name does not know are `*`: a document's own words may be personal data.
class ElementPath {
  public:
    void start(std::string_view name);
    void end() noexcept;

    std::size_t depth() const noexcept { return steps_.size(); }
    /// At most max_xpath_bytes; what is deeper is left out, and `/...` stands for it.
    std::string xpath() const;
    /// Name of the element that the parser is in, or `*`; 1 is its parent. Empty beyond the root.
    std::string_view name(std::size_t levels_up = 0) const noexcept;

  private:
    struct Step {
        std::string_view name;
        std::uint64_t position = 1;
        std::uint64_t child_count = 0;
        std::map<std::string_view, std::uint64_t> children;  ///< seen so far, by known name
    };

    std::vector<Step> steps_;
};

}  // namespace sfmkit::verifier
