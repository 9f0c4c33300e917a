#include "verifier/id_map.hpp"

#include "verifier/export_path.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace sfmkit::verifier {

// The bit that makes letters small also makes other bytes alike, which only may, not must, differ.
std::size_t IdHash::operator()(std::string_view id) const noexcept {
    constexpr std::uint64_t small_letters = 0x2020202020202020U;
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
    std::uint64_t hash = id.size();
    while (!id.empty()) {
        std::uint64_t word = 0;
        const std::size_t count = std::min(id.size(), sizeof word);
        std::memcpy(&word, id.data(), count);
        hash = (std::rotl(hash, 5) ^ (word | small_letters)) * factor;
        id.remove_prefix(count);
    }
    return static_cast<std::size_t>(hash ^ (hash >> 32U));
}

bool IdEqual::operator()(std::string_view left, std::string_view right) const noexcept {
    return same_without_case(left, right);
}

}  // namespace sfmkit::verifier
