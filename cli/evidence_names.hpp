#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace sfmkit::cli {

/// Replaces what differs between two runs that are otherwise the same: ids (GUIDs and their 32
/// digits), hashes of masked credentials, times and ports. Equal ids get equal numbers, in the
/// order in which they come, so that an id which stands in another's place is still a difference.
class StableNames {
  public:
    std::string text(std::string_view text);
    /// The lines of a head, each with an end of line; metadata decoded, dates replaced.
    std::string head(const std::string& head);

  private:
    std::string header_value(const std::string& name, const std::string& value);
    std::string numbered(std::string_view kind, std::string_view id);

    std::map<std::string, std::size_t, std::less<>> numbers_;
};

}  // namespace sfmkit::cli
