#pragma once

#include <cstddef>

namespace sfmkit::cli {

/// How many columns a text for people may take on the standard output: those of the terminal,
/// within what can be read well, and the usual number where it is none.
std::size_t screen_width();

}  // namespace sfmkit::cli
