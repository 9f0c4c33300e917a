#include "verifier/id_map.hpp"

#include "verifier/export_path.hpp"

#include <cstdint>

namespace sfmkit::verifier {

// FNV-1a over letters made small.
std::size_t IdHash::operator()(std::string_view id) const noexcept {
    constexpr std::uint64_t basis = 14695981039346656037U;
    constexpr std::uint64_t prime = 1099511628211U;
    std::uint64_t hash = basis;
    for (const char c : id) {
        const bool capital = c >= 'A' && c <= 'Z';
        hash ^= static_cast<unsigned char>(capital ? static_cast<char>(c - 'A' + 'a') : c);
        hash *= prime;
    }
    return static_cast<std::size_t>(hash);
}

bool IdEqual::operator()(std::string_view left, std::string_view right) const noexcept {
    return same_without_case(left, right);
}

}  // namespace sfmkit::verifier
