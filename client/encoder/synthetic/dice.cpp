#include "client/encoder/synthetic/dice.hpp"

#include <array>

namespace sfmkit::client {

std::uint64_t derive_seed(std::uint64_t seed, SeedUse use, std::uint64_t index) {
    // Two rounds of mixing: neighbouring seeds or indexes must not give neighbouring states, which
    // would be the same stream a few draws apart.
    platform::SeededRandom outer(seed);
    const std::uint64_t mixed_seed = outer.next();
    platform::SeededRandom middle(mixed_seed + static_cast<std::uint64_t>(use));
    const std::uint64_t mixed_use = middle.next();
    platform::SeededRandom inner(mixed_use + index);
    return inner.next();
}

std::int64_t Dice::between(std::int64_t low, std::int64_t high) {
    const auto count = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<std::int64_t>(below(count));
}

std::string Dice::guid() {
    std::array<std::byte, 16> value{};
    random_.fill(value);
    value[6] = (value[6] & std::byte{0x0f}) | std::byte{0x40};
    value[8] = (value[8] & std::byte{0x3f}) | std::byte{0x80};
    std::string text = platform::to_hex(value);
    for (const std::size_t hyphen : {8U, 13U, 18U, 23U}) text.insert(hyphen, 1, '-');
    return text;
}

std::string Dice::fest_id() {
    std::string text = guid();
    for (char& letter : text) {
        if (letter >= 'a' && letter <= 'f') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return "ID_" + text;
}

std::string Dice::digits(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t digit = i == 0 ? 1 + below(9) : below(10);
        text.push_back(static_cast<char>('0' + digit));
    }
    return text;
}

platform::ByteBuffer Dice::bytes(std::size_t count) {
    platform::ByteBuffer buffer(count);
    random_.fill(buffer);
    return buffer;
}

}  // namespace sfmkit::client
