#include "wire/http_head_block.hpp"

#include "wire/http_grammar.hpp"

#include <algorithm>

namespace sfmkit::wire {
namespace {

bool is_empty_line(std::string_view line) noexcept {
    return line == "\r\n" || line == "\n";
}

std::string_view without_end(std::string_view line) noexcept {
    line.remove_suffix(line.ends_with('\n') ? 1 : 0);
    line.remove_suffix(line.ends_with('\r') ? 1 : 0);
    return line;
}

/// Cuts the first line off, with its end.
std::string_view next_line(std::string_view& text) noexcept {
    const std::string_view line = text.substr(0, text.find('\n') + 1);
    text.remove_prefix(line.size());
    return line;
}

void cut_lines(RawHead& head, std::string_view text) {
    while (!text.empty()) {
        const std::string_view whole = next_line(text);
        head.bare_line_feed = head.bare_line_feed || !whole.ends_with("\r\n");
        const std::string_view line = without_end(whole);
        if (line.empty()) continue;
        head.lines.push_back(line);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        head.fields.add(line.substr(0, colon), without_blanks_around(line.substr(colon + 1)));
    }
}

}  // namespace

std::size_t HeadBlock::push(platform::Bytes input) {
    const std::string_view all = platform::as_text(input);
    std::size_t taken = 0;
    while (taken < all.size() && !complete_ && !fault_) {
        const std::string_view rest = all.substr(taken);
        const std::size_t line_feed = rest.find('\n');
        const bool line_ends = line_feed != std::string_view::npos;
        const std::string_view piece = line_ends ? rest.substr(0, line_feed + 1) : rest;
        text_ += piece;
        taken += piece.size();
        if (line_ends) end_line();
        if (!complete_) check_limits();
    }
    return taken;
}

void HeadBlock::end_line() {
    const std::string_view line = std::string_view(text_).substr(line_start_);
    const bool before_start_line = kind_ == Kind::head && lines_ == 0;
    if (is_empty_line(line) && before_start_line) {
        text_.clear();
        ++empty_lines_before_;
        return;
    }
    complete_ = is_empty_line(line);
    if (!before_start_line) longest_line_ = std::max(longest_line_, line.size());
    if (before_start_line && line.size() <= limits_.request_line_bytes) fields_start_ = line.size();
    line_start_ = text_.size();
    ++lines_;
}

void HeadBlock::check_limits() {
    const bool in_start_line = kind_ == Kind::head && fields_start_ == 0;
    if (in_start_line) {
        if (text_.size() <= limits_.request_line_bytes) return;
        fault_ = FramingFault{
            414,
            "start-line-too-long",
            "the first line is longer than " + std::to_string(limits_.request_line_bytes) + " bytes"
        };
        return;
    }
    const std::string_view unfinished = std::string_view(text_).substr(line_start_);
    if (unfinished == "\r") return;  // most likely the empty line, which counts nowhere
    const std::size_t field_lines = lines_ - (kind_ == Kind::head ? 1 : 0);
    if (text_.size() - fields_start_ > limits_.header_bytes ||
        std::max(longest_line_, unfinished.size()) > limits_.header_line_bytes) {
        fault_ = FramingFault{
            431,
            "header-too-long",
            "the header fields are longer than " + std::to_string(limits_.header_bytes) + " bytes"
        };
    } else if (field_lines > limits_.header_count) {
        fault_ = FramingFault{
            431,
            "too-many-fields",
            "there are more than " + std::to_string(limits_.header_count) + " header fields"
        };
    }
}

RawHead cut_head(const HeadBlock& block) {
    RawHead head;
    head.empty_lines_before = block.empty_lines_before();
    std::string_view rest = block.text();
    const std::string_view first = next_line(rest);
    head.bare_line_feed = !first.ends_with("\r\n");
    head.start_line = without_end(first);

    const std::size_t first_blank = head.start_line.find(' ');
    const std::size_t last_blank = head.start_line.rfind(' ');
    if (first_blank != last_blank) {
        head.method = head.start_line.substr(0, first_blank);
        head.target = head.start_line.substr(first_blank + 1, last_blank - first_blank - 1);
        head.version = head.start_line.substr(last_blank + 1);
    }
    cut_lines(head, rest);
    return head;
}

RawHead cut_trailers(const HeadBlock& block) {
    RawHead trailers;
    cut_lines(trailers, block.text());
    return trailers;
}

std::string normalised(const RawHead& head) {
    const bool chunked = head.fields.has("Transfer-Encoding");
    std::string text(head.start_line);
    // Whoever passes on a newer minor version speaks HTTP/1.1 himself.
    if (head.version > "HTTP/1.1" && head.version.starts_with("HTTP/1.")) text.back() = '1';
    text += "\r\n";
    for (const HeaderField& field : head.fields.all()) {
        if (chunked && equal_ignoring_case(field.name, "Content-Length")) continue;
        text += field.name;
        text += ": ";
        text += field.value;
        text += "\r\n";
    }
    text += "\r\n";
    return text;
}

}  // namespace sfmkit::wire
