#include "verifier/markup_places.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view declaration_target = "xml ";
constexpr std::size_t no_declaration = declaration_target.size() + 1;

bool is_continuation(std::byte byte) noexcept {
    return (std::to_integer<unsigned>(byte) & 0xC0U) == 0x80U;
}

/// Whether the unit begins a character: no continuation byte and no second surrogate.
bool begins_character(unsigned unit, std::uint64_t bytes) noexcept {
    if (bytes == 1) return (unit & 0xC0U) != 0x80U;
    return unit < 0xDC00U || unit > 0xDFFFU;
}

bool is_byte_order_mark(unsigned unit, std::uint64_t bytes) noexcept {
    return bytes == 1 ? unit == 0xEFU : unit == 0xFEFFU;
}

}  // namespace

void MarkupPlaces::feed(platform::Bytes bytes) {
    while (!bytes.empty()) {
        if (bytes_a_unit_ == 1 && state_ == State::text) bytes = skip_text(bytes);
        if (bytes.empty()) return;
        const auto byte = std::to_integer<unsigned>(bytes.front());
        bytes = bytes.subspan(1);
        if (bytes_a_unit_ == 1) {
            step(byte, 1);
            continue;
        }
        if (!first_byte_) {
            first_byte_ = byte;
            continue;
        }
        const unsigned first = *first_byte_;
        first_byte_.reset();
        if (bytes_a_unit_ == 0) {
            // The first character of a document is a byte order mark or `<` (XML 1.0 appendix F).
            low_byte_first_ = (first == 0xFFU && byte == 0xFEU) || (first == '<' && byte == 0);
            const bool high_byte_first =
                (first == 0xFEU && byte == 0xFFU) || (first == 0 && byte == '<');
            bytes_a_unit_ = low_byte_first_ || high_byte_first ? 2 : 1;
        }
        if (bytes_a_unit_ == 2) {
            step(low_byte_first_ ? (byte << 8U) | first : (first << 8U) | byte, 2);
        } else {
            step(first, 1);
            step(byte, 1);
        }
    }
}

std::optional<MarkupPlaces::Markup> MarkupPlaces::take() {
    if (waiting_.empty()) return std::nullopt;
    const Markup next = waiting_.front();
    waiting_.pop_front();
    return next;
}

/// Text is most of a document: it is counted in long runs.
platform::Bytes MarkupPlaces::skip_text(platform::Bytes bytes) {
    const void* const found = std::memchr(bytes.data(), '<', bytes.size());
    const std::size_t length =
        found == nullptr
            ? bytes.size()
            : static_cast<std::size_t>(static_cast<const std::byte*>(found) - bytes.data());
    platform::Bytes run = bytes.first(length);
    here_.byte_offset += length;
    const auto feeds = std::ranges::count(run, std::byte{'\n'});
    if (feeds > 0) {
        here_.line += static_cast<std::uint64_t>(feeds);
        here_.column = 1;
        while (run.back() != std::byte{'\n'}) {
            if (!is_continuation(run.back())) ++here_.column;
            run = run.first(run.size() - 1);
        }
        return bytes.subspan(length);
    }
    const auto continuations = std::ranges::count_if(run, is_continuation);
    here_.column += run.size() - static_cast<std::size_t>(continuations);
    return bytes.subspan(length);
}

void MarkupPlaces::step(unsigned unit, std::uint64_t bytes) {
    const State before = state_;
    switch (state_) {
        case State::text:
            if (unit == '<') {
                open_ = {.place = here_};
                values_ = 0;
                state_ = State::opened;
            }
            break;
        case State::opened:
            state_ = after_opening(unit);
            break;
        case State::declaration:
            state_ = after_declaration(unit);
            break;
        case State::tag:
            state_ = inside_tag(unit);
            break;
        case State::single_quotes:
            if (unit == '\'') state_ = State::tag;
            break;
        case State::double_quotes:
            if (unit == '"') state_ = State::tag;
            break;
        case State::comment:
            if (unit == '>' && ends_in('-', '-')) keep();
            break;
        case State::character_data:
            if (unit == '>' && ends_in(']', ']')) state_ = State::text;
            break;
        case State::instruction:
            follow_target(unit);
            if (unit == '>' && last_ == '?') end_instruction();
            break;
    }
    // `<!--->` is no whole comment: its end must not begin in its beginning.
    const bool opened_comment = state_ == State::comment && before != State::comment;
    before_last_ = last_;
    last_ = opened_comment ? 0 : unit;
    const bool mark = here_.byte_offset == 0 && is_byte_order_mark(unit, bytes);
    here_.byte_offset += bytes;
    if (unit == '\n') {
        ++here_.line;
        here_.column = 1;
    } else if (!mark && begins_character(unit, bytes)) {
        ++here_.column;
    }
}

MarkupPlaces::State MarkupPlaces::after_opening(unsigned unit) {
    if (unit == '!') return State::declaration;
    if (unit == '?') {
        open_.kind = Kind::instruction;
        matched_target_ = 0;
        return State::instruction;
    }
    if (unit == '/') open_.kind = Kind::end_tag;
    return State::tag;
}

MarkupPlaces::State MarkupPlaces::after_declaration(unsigned unit) {
    if (unit == '-' && last_ == '!') return State::declaration;
    if (unit == '-') {
        open_.kind = Kind::comment;
        return State::comment;
    }
    // A document type is not read further, so `<![CDATA[` is all that is left.
    return State::character_data;
}

MarkupPlaces::State MarkupPlaces::inside_tag(unsigned unit) {
    if (unit == '"' || unit == '\'') {
        most_values_ = std::max(most_values_, ++values_);
        return unit == '"' ? State::double_quotes : State::single_quotes;
    }
    if (unit != '>') return State::tag;
    if (last_ == '/' && open_.kind == Kind::start_tag) open_.kind = Kind::empty_tag;
    waiting_.push_back(open_);
    return State::text;
}

bool MarkupPlaces::ends_in(unsigned before, unsigned last) const noexcept {
    return before_last_ == before && last_ == last;
}

void MarkupPlaces::follow_target(unsigned unit) {
    if (matched_target_ >= declaration_target.size()) return;
    const char expected = declaration_target[matched_target_];
    const bool blank = unit == ' ' || unit == '\t' || unit == '\r' || unit == '\n';
    const bool same = expected == ' ' ? blank : unit == static_cast<unsigned char>(expected);
    matched_target_ = same ? matched_target_ + 1 : no_declaration;
}

void MarkupPlaces::end_instruction() {
    // The XML declaration looks like an instruction, but is none: parsers do not tell it.
    if (matched_target_ == declaration_target.size()) {
        state_ = State::text;
    } else {
        keep();
    }
}

void MarkupPlaces::keep() {
    waiting_.push_back(open_);
    state_ = State::text;
}

}  // namespace sfmkit::verifier
