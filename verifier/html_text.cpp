#include "verifier/html_text.hpp"

#include "verifier/export_path.hpp"
#include "verifier/html_references.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view blanks = " \t\n\r\f";
/// Nobody's text is nested deeper.
constexpr std::size_t most_open = 1000;

template <std::size_t count>
bool is_among(std::string_view name, const std::array<std::string_view, count>& names) {
    return std::ranges::any_of(names, [&](std::string_view known) {
        return same_without_case(name, known);
    });
}

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Elements without content, and those whose end tag may be left out (HTML Standard, 13.1.2).
bool needs_no_end(std::string_view element) {
    constexpr std::array<std::string_view, 40> names = {
        "area",  "base",     "basefont", "bgsound", "br",    "col",   "embed", "frame",
        "hr",    "img",      "input",    "keygen",  "link",  "meta",  "param", "source",
        "track", "wbr",      "html",     "head",    "body",  "p",     "li",    "dt",
        "dd",    "option",   "optgroup", "tbody",   "thead", "tfoot", "tr",    "td",
        "th",    "colgroup", "caption",  "rp",      "rt",    "rb",    "rtc",   "command",
    };
    return is_among(element, names);
}

/// Elements whose content is text and nothing else (HTML Standard, 13.2.6.2).
bool holds_text_only(std::string_view element) {
    constexpr std::array<std::string_view, 8> names = {
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"
    };
    return is_among(element, names);
}

/// Attributes that hold an address, as findings name them.
std::string_view address_attribute(std::string_view attribute) {
    constexpr std::array<std::string_view, 15> names = {
        "href",
        "src",
        "srcset",
        "xlink:href",
        "action",
        "formaction",
        "background",
        "data",
        "poster",
        "longdesc",
        "lowsrc",
        "dynsrc",
        "codebase",
        "archive",
        "manifest",
    };
    const auto found = std::ranges::find_if(names, [&](std::string_view known) {
        return same_without_case(attribute, known);
    });
    return found == names.end() ? std::string_view() : *found;
}

bool is_event(std::string_view attribute) {
    constexpr std::size_t shortest = 5;
    return attribute.size() >= shortest && same_without_case(attribute.substr(0, 2), "on") &&
           std::ranges::all_of(attribute, is_letter);
}

class HtmlReader {
  public:
    explicit HtmlReader(std::string_view text) noexcept : text_(text) {}

    HtmlFacts read() {
        while (at_ < text_.size()) {
            const std::size_t tag = text_.find('<', at_);
            if (tag == std::string_view::npos) break;
            at_ = tag + 1;
            read_markup();
        }
        if (!any_element_) complain("it holds no element of HTML");
        if (!open_.empty()) complain("an element is not closed");
        return facts_;
    }

  private:
    char peek(std::size_t ahead = 0) const noexcept {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    void complain(std::string_view problem) {
        if (facts_.problem.empty()) facts_.problem = problem;
    }

    static void see(HtmlSighting& sighting, std::string_view what) {
        if (sighting.times++ == 0) sighting.first = what;
    }

    /// Behind the end of what begins here, or at the end of the text.
    void skip_behind(std::string_view end, std::string_view problem) {
        const std::size_t found = text_.find(end, at_);
        if (found == std::string_view::npos) complain(problem);
        at_ = found == std::string_view::npos ? text_.size() : found + end.size();
    }

    void read_markup() {
        const bool is_end = peek() == '/';
        if (text_.substr(at_).starts_with("!--")) {
            at_ += 3;
            // `<!-->` is a whole comment.
            if (peek() != '>') skip_behind("-->", "a comment does not end");
        } else if (peek() == '!' || peek() == '?') {
            skip_behind(">", "a declaration does not end");
        } else if (is_letter(peek(is_end ? 1 : 0))) {
            if (is_end) ++at_;
            read_tag(is_end);
        }
    }

    std::string_view take_until(std::string_view ends) {
        const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
        const std::string_view taken = text_.substr(at_, end - at_);
        at_ = end;
        return taken;
    }

    void skip(std::string_view letters) {
        at_ = std::min(text_.find_first_not_of(letters, at_), text_.size());
    }

    void read_tag(bool is_end) {
        const std::string_view name = take_until(" \t\n\r\f/>");
        bool is_closed = false;
        while (true) {
            const std::size_t before = at_;
            skip(" \t\n\r\f/");
            is_closed = at_ > before && text_[at_ - 1] == '/';
            if (at_ >= text_.size()) return complain("a tag does not end");
            if (peek() == '>') break;
            if (!read_attribute(name, is_end)) return complain("a tag does not end");
        }
        ++at_;
        if (is_end) {
            close(name);
        } else {
            open(name, is_closed);
        }
    }

    /// False where the text ends in a quoted value.
    bool read_attribute(std::string_view element, bool is_end) {
        const std::size_t begin = at_;
        ++at_;  // An equals sign in front belongs to the name.
        take_until(" \t\n\r\f/>=");
        const std::string_view name = text_.substr(begin, at_ - begin);
        std::string_view value;
        skip(blanks);
        if (peek() == '=') {
            ++at_;
            skip(blanks);
            const char quote = peek();
            if (quote == '"' || quote == '\'') {
                ++at_;
                value = take_until(std::string_view(&quote, 1));
                if (at_ >= text_.size()) return false;
                ++at_;
            } else {
                value = take_until(" \t\n\r\f>");
            }
        }
        if (!is_end) judge_attribute(element, name, value);
        return true;
    }

    void judge_attribute(std::string_view element, std::string_view name, std::string_view value) {
        if (is_event(name)) see(facts_.scripts, "an event attribute");
        const std::string_view address = address_attribute(name);
        if (same_without_case(name, "style")) {
            judge_style(without_character_references(value));
        } else if (!address.empty()) {
            judge_address(without_character_references(value), address);
        } else if (same_without_case(element, "meta") && same_without_case(name, "content")) {
            judge_refresh(without_character_references(value));
        }
    }

    void judge_address(std::string_view value, std::string_view attribute) {
        switch (reference_to(value)) {
            case Reference::inside:
                return;
            case Reference::outside:
                return see(facts_.references, attribute);
            case Reference::script:
                return see(facts_.scripts, "the address of a script");
        }
    }

    void judge_style(std::string_view style) {
        const StyleReferences found = references_in_style(style);
        if (found.outside) see(facts_.references, "a style");
        if (found.script) see(facts_.scripts, "a style");
    }

    /// `5; url=…` leads to another page.
    void judge_refresh(std::string_view content) {
        constexpr std::string_view mark = "url=";
        const std::size_t semicolon = content.find_first_of(";,");
        if (semicolon == std::string_view::npos) return;
        content.remove_prefix(semicolon + 1);
        const std::size_t begin = content.find_first_not_of(blanks);
        if (begin == std::string_view::npos) return;
        content.remove_prefix(begin);
        if (!same_without_case(content.substr(0, mark.size()), mark)) return;
        content.remove_prefix(mark.size());
        if (content.starts_with('"') || content.starts_with('\'')) content.remove_prefix(1);
        judge_address(content, "a refresh");
    }

    void open(std::string_view name, bool is_closed) {
        any_element_ = true;
        if (same_without_case(name, "script")) see(facts_.scripts, "a script element");
        if (is_closed || needs_no_end(name)) return;
        if (holds_text_only(name)) return read_text_of(name);
        if (open_.size() == most_open) return complain("elements are nested too deep");
        if (facts_.problem.empty()) open_.push_back(name);
    }

    void close(std::string_view name) {
        any_element_ = true;
        if (!facts_.problem.empty() || needs_no_end(name)) return;
        if (open_.empty()) return complain("an end tag has no start tag");
        const bool is_last = same_without_case(open_.back(), name);
        if (!is_last) return complain("an end tag does not close the element opened last");
        open_.pop_back();
    }

    void read_text_of(std::string_view name) {
        const std::size_t begin = at_;
        while (true) {
            const std::size_t tag = text_.find("</", at_);
            if (tag == std::string_view::npos) {
                at_ = text_.size();
                return complain("an element is not closed");
            }
            at_ = tag + 2;
            const std::size_t behind = at_ + name.size();
            if (!same_without_case(text_.substr(at_, name.size()), name)) continue;
            if (behind < text_.size() && is_letter(text_[behind])) continue;
            if (same_without_case(name, "style")) judge_style(text_.substr(begin, tag - begin));
            at_ = std::min(text_.find('>', behind), text_.size() - 1) + 1;
            return;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool any_element_ = false;
    std::vector<std::string_view> open_;  ///< that need an end tag, until something is wrong
    HtmlFacts facts_;
};

}  // namespace

HtmlFacts html_facts_of(std::string_view text) {
    return HtmlReader(text).read();
}

}  // namespace sfmkit::verifier
