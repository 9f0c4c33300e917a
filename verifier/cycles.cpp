#include "verifier/cycles.hpp"

#include <algorithm>

namespace sfmkit::verifier {

std::vector<std::vector<std::size_t>> cycles_in(
    const std::vector<std::optional<std::size_t>>& refers_to
) {
    std::vector<std::vector<std::size_t>> rings;
    // The walk that saw a thing first; 0 is none.
    std::vector<std::size_t> seen_by(refers_to.size());
    for (std::size_t start = 0; start < refers_to.size(); ++start) {
        const std::size_t walk = start + 1;
        std::optional<std::size_t> at = start;
        while (at && seen_by[*at] == 0) {
            seen_by[*at] = walk;
            at = refers_to[*at];
        }
        if (!at || seen_by[*at] != walk) continue;
        std::vector<std::size_t> ring;
        for (std::size_t member = *at; ring.empty() || member != *at; member = *refers_to[member]) {
            ring.push_back(member);
        }
        std::ranges::rotate(ring, std::ranges::min_element(ring));
        rings.push_back(std::move(ring));
    }
    std::ranges::sort(rings);
    return rings;
}

}  // namespace sfmkit::verifier
