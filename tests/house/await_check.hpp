#pragma once

#include "tests/house/source_tree.hpp"

#include <vector>

namespace sfmkit::house {

/// The lone-await rule: a statement with co_await holds no braces of its own, no `?` and no lambda,
/// because g++ 12 destroys such temporaries twice (GCC bug 107288 and relatives) without a
/// warning. Arguments are built in named locals before. Reads text, not types: a block, a function
/// body and a class are told from an initialiser by what stands before the brace.
std::vector<Breach> check_lone_await(const SourceFile& file);

}  // namespace sfmkit::house
