#include "platform/printable.hpp"

#include <fmt/format.h>

namespace sfmkit::platform {
namespace {

bool is_continuation(unsigned char byte) noexcept {
    return (byte & 0xC0U) == 0x80U;
}

/// Length of the UTF-8 sequence at the front, 0 when it is none (RFC 3629 section 4).
std::size_t sequence_length(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80U) return 1;
    const std::size_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    if (lead < 0xC2U || lead > 0xF4U || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(byte(i))) return 0;
    }
    const unsigned char second = byte(1);
    const bool overlong = (lead == 0xE0U && second < 0xA0U) || (lead == 0xF0U && second < 0x90U);
    const bool surrogate = lead == 0xEDU && second > 0x9FU;
    const bool too_high = lead == 0xF4U && second > 0x8FU;
    return overlong || surrogate || too_high ? 0 : length;
}

/// C0 and C1 controls and DEL: what a terminal could obey.
bool is_control(std::string_view sequence) {
    const auto first = static_cast<unsigned char>(sequence[0]);
    if (sequence.size() == 1) return first < 0x20U || first == 0x7FU;
    return sequence.size() == 2 && first == 0xC2U && static_cast<unsigned char>(sequence[1]) < 0xA0;
}

void escape(std::string& result, std::string_view bytes) {
    for (const char c : bytes) result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
}

constexpr std::string_view cut_mark = "…";
constexpr std::size_t cut_mark_columns = 1;

/// Of the character at the front of text that is not empty; a byte that is no UTF-8 takes one.
std::size_t character_length(std::string_view text) noexcept {
    const std::size_t length = sequence_length(text);
    return length == 0 ? 1 : length;
}

/// From U+1100 on there are wide characters among others.
std::size_t character_columns(std::string_view character) noexcept {
    if (character == cut_mark) return cut_mark_columns;
    return character >= "\xE1\x84\x80" ? 2 : 1;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string printable(std::string_view text, std::size_t limit_bytes) {
    std::string result;
    while (!text.empty()) {
        if (result.size() >= limit_bytes) return result + "…";
        const std::size_t length = sequence_length(text);
        const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
        if (length == 0 || is_control(sequence)) {
            escape(result, sequence);
        } else {
            result += sequence;
        }
        text.remove_prefix(sequence.size());
    }
    return result;
}

std::size_t columns_of(std::string_view text) noexcept {
    std::size_t columns = 0;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        columns += character_columns(text.substr(0, length));
        text.remove_prefix(length);
    }
    return columns;
}

std::string cut_to_columns(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return std::string(text);
    if (columns < cut_mark_columns) return {};
    std::size_t taken = cut_mark_columns;
    std::size_t end = 0;
    while (end < text.size()) {
        const std::size_t length = character_length(text.substr(end));
        taken += character_columns(text.substr(end, length));
        if (taken > columns) break;
        end += length;
    }
    return std::string(text.substr(0, end)) + std::string(cut_mark);
}

std::string keep_end_in_columns(std::string_view text, std::size_t columns) {
    std::size_t left = columns_of(text);
    if (left <= columns) return std::string(text);
    if (columns < cut_mark_columns) return {};
    while (left + cut_mark_columns > columns) {
        const std::size_t length = character_length(text);
        left -= character_columns(text.substr(0, length));
        text.remove_prefix(length);
    }
    return std::string(cut_mark) + std::string(text);
}

}  // namespace sfmkit::platform
