#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::house {

/// The text with comments and the insides of literals made blank; lines and columns stay.
std::string code_of(std::string_view text);

/// Lines without their ends.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace sfmkit::house
