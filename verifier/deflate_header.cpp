#include "verifier/deflate_header.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace sfmkit::verifier {
namespace {

constexpr std::uint32_t own_codes = 2;  // BTYPE, section 3.2.3

/// Bits from the lowest of each byte on. Behind the end there are zeros, and it is told.
class Bits {
  public:
    explicit Bits(platform::Bytes bytes) noexcept : bytes_(bytes) {}

    std::uint32_t peek(unsigned count) noexcept {
        if (held_ < count) refill();
        return static_cast<std::uint32_t>(word_ & ((std::uint64_t{1} << count) - 1));
    }
    void skip(unsigned count) noexcept {
        word_ >>= count;
        held_ -= count;
    }
    std::uint32_t take(unsigned count) noexcept {
        const std::uint32_t value = peek(count);
        skip(count);
        return value;
    }
    bool beyond_end() const noexcept { return at_ > bytes_.size() + held_ / 8; }

  private:
    void refill() noexcept {
        constexpr std::size_t word_bytes = sizeof word_;
        if (bytes_.size() >= word_bytes && at_ <= bytes_.size() - word_bytes) {
            // Bits above those that count as held are the next ones already.
            const auto next = bytes_.subspan(at_).first<word_bytes>();
            std::uint64_t word = 0;
            for (unsigned i = 0; i < word_bytes; ++i) {
                word |= std::to_integer<std::uint64_t>(next[i]) << (8 * i);
            }
            word_ |= word << held_;
            const unsigned whole = (63 - held_) / 8;
            at_ += whole;
            held_ += 8 * whole;
            return;
        }
        for (; held_ <= 56; held_ += 8, ++at_) {
            if (at_ >= bytes_.size()) continue;
            word_ |= std::to_integer<std::uint64_t>(bytes_[at_]) << held_;
        }
    }

    platform::Bytes bytes_;
    std::size_t at_ = 0;
    std::uint64_t word_ = 0;
    unsigned held_ = 0;
};

/// The code in which the lengths of the other codes are written (section 3.2.7).
class LengthCode {
  public:
    static constexpr unsigned longest = 7;
    struct Symbol {
        std::uint8_t value = 0;
        std::uint8_t bits = 0;
    };

    /// Nothing unless every sequence of bits is a code.
    static std::optional<LengthCode> read(Bits& bits, std::uint32_t count) noexcept;

    Symbol next(Bits& bits) const noexcept {
        const Symbol symbol = by_bits_[bits.peek(longest)];
        bits.skip(symbol.bits);
        return symbol;
    }

  private:
    std::array<Symbol, std::size_t{1} << longest> by_bits_{};
};

std::optional<LengthCode> LengthCode::read(Bits& bits, std::uint32_t count) noexcept {
    constexpr std::array<std::uint8_t, 19> order = {
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
    };
    std::array<std::uint8_t, order.size()> lengths{};
    for (std::uint32_t i = 0; i < count; ++i) {
        lengths[order[i]] = static_cast<std::uint8_t>(bits.take(3));
    }
    LengthCode all;
    std::uint32_t code = 0;  // with its first bit highest, as wide as the longest
    for (unsigned length = 1; length <= longest; ++length) {
        for (std::size_t value = 0; value < lengths.size(); ++value) {
            if (lengths[value] != length) continue;
            const std::uint32_t width = 1U << (longest - length);
            if (code + width > all.by_bits_.size()) return std::nullopt;
            // Codes stand in the data with their first bit lowest, and any bits behind it.
            std::uint32_t turned = 0;
            for (unsigned bit = 0; bit < longest; ++bit) {
                turned |= ((code >> bit) & 1U) << (longest - 1 - bit);
            }
            for (std::size_t i = turned; i < all.by_bits_.size(); i += std::size_t{1} << length) {
                all.by_bits_[i] = {
                    static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(length)
                };
            }
            code += width;
        }
    }
    if (code != all.by_bits_.size()) return std::nullopt;
    return all;
}

}  // namespace

bool is_single_block(platform::Bytes deflated) noexcept {
    Bits bits(deflated);
    const bool last = bits.take(1) == 1;
    if (!last || bits.take(2) != own_codes) return false;
    const std::uint32_t literals = bits.take(5) + 257;
    const std::uint32_t distances = bits.take(5) + 1;
    // The RFC reserves what lies beyond.
    if (literals > 286 || distances > 30) return false;
    const std::uint32_t written = bits.take(4) + 4;
    const auto code = LengthCode::read(bits, written);
    if (!code) return false;
    std::uint32_t known = 0;
    while (known < literals + distances) {
        const std::uint8_t value = code->next(bits).value;
        if (value == 16 && known == 0) return false;
        if (value < 16) known += 1;
        if (value == 16) known += 3 + bits.take(2);
        if (value == 17) known += 3 + bits.take(3);
        if (value == 18) known += 11 + bits.take(7);
        if (bits.beyond_end()) return false;
    }
    return known == literals + distances;
}

}  // namespace sfmkit::verifier
