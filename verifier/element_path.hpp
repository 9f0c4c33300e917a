#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Where a parser stands in a document, as an XPath of local names with positions.
class ElementPath {
  public:
    void start(std::string_view name);
    void end() noexcept;

    std::size_t depth() const noexcept { return steps_.size(); }
    std::string xpath() const;
    /// Local name of the element that the parser is in; 1 is its parent. Empty beyond the root.
    std::string_view name(std::size_t levels_up = 0) const noexcept;

  private:
    struct Step {
        std::string name;
        std::uint64_t position = 1;
        std::map<std::string, std::uint64_t, std::less<>> children;  ///< seen so far, by name
    };

    std::vector<Step> steps_;
};

}  // namespace sfmkit::verifier
