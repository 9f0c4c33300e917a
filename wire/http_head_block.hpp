#pragma once

#include "platform/bytes.hpp"
#include "wire/http_codec.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Where a head ends and what its parts are, before anybody judges it. Inside of the codec; others
/// use http_codec.hpp.
namespace sfmkit::wire {

/// Gathers the lines of a head, or of trailers, up to the empty line and not a byte further.
class HeadBlock {
  public:
    enum class Kind { head, trailers };  ///< a head has a start line, trailers have none

    HeadBlock(Kind kind, HttpLimits limits) : kind_(kind), limits_(limits) {}

    /// The number of bytes taken.
    std::size_t push(platform::Bytes input);

    bool complete() const noexcept { return complete_; }
    /// Set when a limit was passed; nothing more is taken then.
    const std::optional<FramingFault>& fault() const noexcept { return fault_; }
    /// All lines with their ends, the empty one too; without empty lines before a start line.
    std::string_view text() const noexcept { return text_; }
    std::size_t empty_lines_before() const noexcept { return empty_lines_before_; }

  private:
    void end_line();
    void check_limits();

    Kind kind_;
    HttpLimits limits_;
    std::string text_;
    std::size_t line_start_ = 0;    ///< where the line that is being read begins
    std::size_t longest_line_ = 0;  ///< of the fields, with its end
    std::size_t fields_start_ = 0;  ///< where the start line ended
    std::size_t lines_ = 0;         ///< finished lines, the start line among them
    std::size_t empty_lines_before_ = 0;
    bool complete_ = false;
    std::optional<FramingFault> fault_;
};

/// A head cut into its parts, still unjudged. The views point into the text it was cut from.
struct RawHead {
    std::string_view start_line;
    std::string_view method;
    std::string_view target;
    std::string_view version;
    std::vector<std::string_view> lines;  ///< field lines without their ends
    HeaderFields fields;                  ///< names as sent, values without blanks around
    bool bare_line_feed = false;
    std::size_t empty_lines_before = 0;
};

RawHead cut_head(const HeadBlock& block);
RawHead cut_trailers(const HeadBlock& block);

/// The head for a parser that knows no tolerance: CRLF everywhere, and no Content-Length beside
/// Transfer-Encoding, which overrides it (RFC 9112 section 6.3).
std::string normalised(const RawHead& head);

}  // namespace sfmkit::wire
