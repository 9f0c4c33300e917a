#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace sfmkit::verifier {

/// Where things each refer to at most one other, by number: the rings among them, each in the
/// order of its references from its lowest number on; rings by that number. Linear in time.
std::vector<std::vector<std::size_t>> cycles_in(
    const std::vector<std::optional<std::size_t>>& refers_to
);

}  // namespace sfmkit::verifier
