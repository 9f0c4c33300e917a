#include "verifier/text_digest.hpp"

#include "verifier/export_path.hpp"

#include <bit>
#include <cstring>

namespace sfmkit::verifier {
namespace {

// The finaliser of SplitMix64: every bit of the input changes half of the output's.
constexpr std::uint64_t mixed(std::uint64_t value) noexcept {
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

}  // namespace

TextDigester& TextDigester::add(std::string_view piece) noexcept {
    const auto take = [this](std::uint64_t word) {
        high_ = mixed(high_ ^ word) + 0x9E3779B97F4A7C15U;
        low_ = mixed(std::rotl(low_, 29) + word * 0xD6E8FEB86659FD93U) ^ high_;
    };
    take(piece.size());
    while (!piece.empty()) {
        std::uint64_t word = 0;
        const std::size_t count = piece.size() < sizeof word ? piece.size() : sizeof word;
        std::memcpy(&word, piece.data(), count);
        take(word);
        piece.remove_prefix(count);
    }
    return *this;
}

TextDigest TextDigester::finish() const noexcept {
    return {.high = mixed(high_ + low_), .low = mixed(low_ ^ std::rotl(high_, 17))};
}

TextDigest digest_of_text(std::string_view text) noexcept {
    return TextDigester().add(text).finish();
}

TextDigest digest_of_identifier(std::string_view text) noexcept {
    constexpr std::size_t of_a_guid = 36;
    char lower[of_a_guid];
    TextDigester digester;
    // Pieces of fixed length, so that equal identifiers are cut alike.
    while (!text.empty()) {
        const std::size_t count = text.size() < of_a_guid ? text.size() : of_a_guid;
        for (std::size_t i = 0; i < count; ++i) lower[i] = in_lower_case(text[i]);
        digester.add(std::string_view(lower, count));
        text.remove_prefix(count);
    }
    return digester.finish();
}

}  // namespace sfmkit::verifier
