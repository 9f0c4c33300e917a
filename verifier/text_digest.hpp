#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sfmkit::verifier {

/// 128 bits in place of a text, so that the texts of a large export need not be kept. Equal texts
/// have equal digests; of a billion texts no two different ones are likely to. Not made against
/// somebody who seeks collisions: those would spoil a report on an export of his own.
struct TextDigest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    bool operator==(const TextDigest&) const = default;
    auto operator<=>(const TextDigest&) const = default;
};

struct TextDigestHash {
    std::size_t operator()(const TextDigest& digest) const noexcept { return digest.low; }
};

/// Takes a text piece by piece; where a piece ends counts.
class TextDigester {
  public:
    TextDigester& add(std::string_view piece) noexcept;
    TextDigest finish() const noexcept;

  private:
    std::uint64_t high_ = 0x243F6A8885A308D3U;  // digits of pi
    std::uint64_t low_ = 0x13198A2E03707344U;
};

TextDigest digest_of_text(std::string_view text) noexcept;
/// ASCII letters of either case are the same.
TextDigest digest_of_identifier(std::string_view text) noexcept;

}  // namespace sfmkit::verifier
