#pragma once

#include "platform/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace sfmkit::verifier {

/// A place in a document, for people and for programs.
struct TextPlace {
    std::uint64_t byte_offset = 0;
    std::uint64_t line = 1;    ///< lines end in a line feed
    std::uint64_t column = 1;  ///< in characters; the byte order mark is none

    bool operator==(const TextPlace&) const = default;
};

/// Where the tags, comments and processing instructions of a document begin, read from its raw
/// bytes: a parser that calls back tells how far it has read, not where the tag began, and its
/// columns are wrong in lines that hold more than ASCII. Right for well-formed documents in UTF-8,
/// in any encoding of single bytes, and in UTF-16; the others' places mean nothing.
class MarkupPlaces {
  public:
    enum class Kind : std::uint8_t { start_tag, empty_tag, end_tag, comment, instruction };
    struct Markup {
        Kind kind = Kind::start_tag;
        TextPlace place;
    };

    void feed(platform::Bytes bytes);
    /// The next one that was not taken yet and ended in what was fed.
    std::optional<Markup> take();
    /// Of the tag with most quoted values so far, whole or not.
    std::uint64_t most_values_in_a_tag() const noexcept { return most_values_; }

  private:
    enum class State : std::uint8_t {
        text,
        opened,       ///< after `<`
        declaration,  ///< after `<!`
        tag,
        single_quotes,
        double_quotes,
        comment,
        character_data,
        instruction
    };

    void step(unsigned unit, std::uint64_t bytes);
    /// Gives the state after `<` and what was read of it.
    State after_opening(unsigned unit);
    State after_declaration(unsigned unit);
    State inside_tag(unsigned unit);
    /// True when the last units are these.
    bool ends_in(unsigned before, unsigned last) const noexcept;
    void follow_target(unsigned unit);
    void end_instruction();
    void keep();
    platform::Bytes skip_text(platform::Bytes bytes);

    std::deque<Markup> waiting_;
    TextPlace here_;
    Markup open_;
    std::uint64_t values_ = 0;  ///< of the tag at hand
    std::uint64_t most_values_ = 0;
    State state_ = State::text;
    unsigned last_ = 0;               ///< the units before the one at hand
    unsigned before_last_ = 0;        ///< of the markup at hand; 0 at its beginning
    std::size_t matched_target_ = 0;  ///< letters of `xml ` that the target has so far
    unsigned bytes_a_unit_ = 0;       ///< 0: not known yet
    bool low_byte_first_ = false;
    std::optional<unsigned> first_byte_;  ///< of a unit that is not whole yet
};

}  // namespace sfmkit::verifier
