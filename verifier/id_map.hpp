#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>

namespace sfmkit::verifier {

/// Identifiers are equal when they differ in the case of letters only.
struct IdHash {
    std::size_t operator()(std::string_view id) const noexcept;
};
struct IdEqual {
    bool operator()(std::string_view left, std::string_view right) const noexcept;
};

/// By identifiers that a document tree holds: the map keeps views, no copies.
template <class Value>
using IdMap = std::unordered_map<std::string_view, Value, IdHash, IdEqual>;

}  // namespace sfmkit::verifier
