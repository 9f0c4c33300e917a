#include "platform/random.hpp"

#include "platform/assert.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <limits>

namespace sfmkit::platform {

std::uint64_t Random::next() {
    std::array<std::byte, 8> bytes{};
    fill(bytes);
    std::uint64_t value = 0;
    for (const std::byte byte : bytes) value = value << 8 | std::to_integer<std::uint64_t>(byte);
    return value;
}

std::uint64_t Random::pick(std::uint64_t count) {
    SFM_ASSERT(count > 0);
    constexpr auto highest = std::numeric_limits<std::uint64_t>::max();
    // Draws at or above the last full multiple of count are thrown away: they would favour low
    // numbers.
    const std::uint64_t limit = highest - highest % count;
    std::uint64_t value = next();
    while (value >= limit) value = next();
    return value % count;
}

void SystemRandom::fill(MutableBytes target) {
    constexpr std::size_t step = 1 << 20;
    while (!target.empty()) {
        const std::size_t count = std::min(step, target.size());
        SFM_ASSERT(
            RAND_bytes(reinterpret_cast<unsigned char*>(target.data()), static_cast<int>(count)) ==
            1
        );
        target = target.subspan(count);
    }
}

SeededRandom::SeededRandom(std::uint64_t seed) noexcept : state_(seed) {}

// SplitMix64 (Steele, Lea, Flood 2014): passes BigCrush, one word of state, any seed is good.
std::uint64_t SeededRandom::next_word() noexcept {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

void SeededRandom::fill(MutableBytes target) {
    std::size_t filled = 0;
    while (filled < target.size()) {
        std::uint64_t word = next_word();
        for (int i = 0; i < 8 && filled < target.size(); ++i) {
            target[filled++] = static_cast<std::byte>(word & 0xff);
            word >>= 8;
        }
    }
}

}  // namespace sfmkit::platform
