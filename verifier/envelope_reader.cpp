#include "verifier/envelope_reader.hpp"

#include "platform/printable.hpp"
#include "wire/cursor.hpp"
#include "wire/envelope_layout.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sfmkit::verifier {
namespace {

namespace layout = wire::envelope;

/// More than the head of a file for an RSA key of 16384 bits.
constexpr std::size_t head_bytes = 4096;
/// OAEP with SHA-512 takes 2 * 64 + 2 bytes, the AES key 32 (RFC 8017 section 7.1.1).
constexpr std::uint32_t smallest_modulus_bytes = 162;
constexpr std::uint32_t largest_modulus_bytes = 2048;
/// Block length of the Rijndael-256 in the oldest edition of the walkthrough.
constexpr std::uint32_t largest_block_bytes = 32;

/// Is what the file begins with readable by everybody? Other envelopes than ours are not.
bool is_plain(KnownContent known) {
    using enum Content;
    if (known.content == unknown || known.content == envelope) return false;
    if (known.content == pem || known.content == cms) return false;
    return !known.wraps_envelope() && known.inner != cms && known.inner != pem;
}

/// Random bytes hold U+FFFD in UTF-8 once in 16 million; a decoder puts it for every bad byte.
bool holds_replacements(std::string_view head) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    constexpr int too_many_for_chance = 8;
    int count = 0;
    for (std::size_t at = head.find(replacement); at != head.npos && count < too_many_for_chance;
         at = head.find(replacement, at + replacement.size())) {
        ++count;
    }
    return count == too_many_for_chance;
}

/// Random bytes are no UTF-8: a byte above 127 is right there once in some.
bool is_random_as_utf8(std::string_view head) {
    constexpr std::size_t looked_at = 256;
    constexpr auto too_many_for_chance = 32;
    if (head.size() < layout::prefix_bytes + looked_at) return false;
    std::string_view text = head.substr(layout::prefix_bytes, looked_at);
    const auto begins_letter = [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    };
    // A letter that is cut at the end is none.
    while (!text.empty() && !begins_letter(text.back())) text.remove_suffix(1);
    if (!text.empty()) text.remove_suffix(1);
    const auto above = std::ranges::count_if(text, [](char byte) {
        return static_cast<unsigned char>(byte) > 0x7FU;
    });
    return above >= too_many_for_chance && platform::is_utf8(text);
}

bool was_taken_for_text(platform::Bytes head) {
    const std::string_view text = platform::as_text(head);
    return holds_replacements(text) || is_random_as_utf8(text);
}

std::uint32_t swapped(std::uint32_t value) {
    return (value >> 24U) | ((value >> 8U) & 0xFF00U) | ((value << 8U) & 0xFF0000U) |
           (value << 24U);
}

bool usual_key_length(std::uint32_t length) {
    return std::ranges::find(layout::usual_modulus_bytes, length) !=
           layout::usual_modulus_bytes.end();
}

bool is_base64_text(platform::Bytes bytes) {
    return std::ranges::all_of(platform::as_text(bytes), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '/' || c == '=';
    });
}

bool positive_multiple(std::uint64_t bytes, std::uint64_t block) {
    return bytes > 0 && block > 0 && bytes % block == 0;
}

/// Without the third length the ciphertext begins right after the IV.
bool fits_legacy(const EnvelopeHeader& header) {
    const std::uint64_t head = std::uint64_t{8} + header.key_length + header.iv_length;
    const bool known_block =
        header.iv_length == layout::block_bytes || header.iv_length == largest_block_bytes;
    return known_block && header.file_bytes > head &&
           positive_multiple(header.file_bytes - head, header.iv_length);
}

void take_fields(EnvelopeHeader& header, platform::Bytes head, std::size_t lengths_bytes) {
    wire::Cursor cursor(head);
    cursor.skip(lengths_bytes);
    const auto key = cursor.take(header.key_length);
    const auto iv = cursor.take(header.iv_length);
    const bool with_extension = header.layout != Layout::legacy;
    const auto extension = cursor.take(with_extension ? header.extension_length : 0);
    if (key) header.wrapped_key = platform::to_buffer(*key);
    if (iv) header.iv = platform::to_buffer(*iv);
    if (extension) header.extension = platform::to_buffer(*extension);
    if (cursor.failed()) return;
    header.body_offset = cursor.offset();
    header.body_bytes = header.file_bytes - header.body_offset;
}

/// The extension field of a current file, or random bytes of the wrapped key read as one.
platform::Bytes extension_candidate(const EnvelopeHeader& header, platform::Bytes head) {
    const std::size_t offset =
        layout::prefix_bytes + std::size_t{header.key_length} + header.iv_length;
    if (offset + header.extension_length > head.size()) return {};
    return head.subspan(offset, header.extension_length);
}

Layout layout_of(const EnvelopeHeader& header, platform::Bytes head) {
    const bool swapped_key = usual_key_length(swapped(header.key_length));
    if (swapped_key && swapped(header.iv_length) == layout::iv_bytes) return Layout::byte_swapped;
    if (!header.key_length_possible()) return Layout::unreadable;
    if (header.iv_length > largest_block_bytes) return Layout::unreadable;
    const bool short_extension = header.extension_length <= layout::max_extension_bytes;
    const std::uint64_t current_head = std::uint64_t{layout::prefix_bytes} + header.key_length +
                                       header.iv_length + header.extension_length;
    if (short_extension) {
        if (current_head > header.file_bytes) return Layout::cut;
        // Of a legacy file these would be random bytes: below 65 once in 66 million files, and
        // base64 letters besides almost never. A file that was cut stays current this way.
        if (is_base64_text(extension_candidate(header, head))) return Layout::current;
    }
    if (fits_legacy(header)) return Layout::legacy;
    return short_extension ? Layout::current : Layout::unreadable;
}

}  // namespace

bool EnvelopeHeader::key_length_possible() const noexcept {
    return key_length >= smallest_modulus_bytes && key_length <= largest_modulus_bytes;
}

bool EnvelopeHeader::can_be_decrypted() const noexcept {
    return (layout == Layout::current || layout == Layout::legacy) &&
           iv.size() == layout::iv_bytes && wrapped_key.size() == key_length &&
           positive_multiple(body_bytes, layout::block_bytes);
}

platform::Result<EnvelopeHeader> read_envelope_header(const platform::ReadableFile& file) {
    const auto file_bytes = file.size();
    if (!file_bytes) return std::unexpected(file_bytes.error());
    std::array<std::byte, head_bytes> buffer{};
    const auto read = file.read_at(0, buffer);
    if (!read) return std::unexpected(read.error());
    const platform::Bytes head = platform::Bytes(buffer).first(*read);

    EnvelopeHeader header;
    header.file_bytes = *file_bytes;
    header.known = recognise(head);
    header.taken_for_text = was_taken_for_text(head);
    if (is_plain(header.known)) {
        header.layout = Layout::plain;
        return header;
    }
    // Wrapped once more, or wrapped by another format: nothing below stands where it should.
    if (header.known.content != Content::unknown && header.known.content != Content::envelope) {
        header.layout = Layout::unreadable;
        return header;
    }
    wire::Cursor cursor(head);
    const auto key_length = cursor.u32_le();
    const auto iv_length = cursor.u32_le();
    const auto extension_length = cursor.u32_le();
    if (!key_length || !iv_length || !extension_length) {
        header.layout = Layout::cut;
        return header;
    }
    header.key_length = *key_length;
    header.iv_length = *iv_length;
    header.extension_length = *extension_length;
    header.layout = layout_of(header, head);
    if (header.layout == Layout::current) take_fields(header, head, layout::prefix_bytes);
    if (header.layout == Layout::legacy) take_fields(header, head, 8);
    return header;
}

}  // namespace sfmkit::verifier
