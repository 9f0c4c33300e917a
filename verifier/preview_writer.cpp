#include "verifier/preview_writer.hpp"

#include <algorithm>

namespace sfmkit::verifier {
namespace {

/// More of one text is not collected; the mask cuts what it shows anyway.
constexpr std::size_t longest_text = 1024;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

std::string indented(std::size_t depth, std::string_view text) {
    constexpr std::size_t deepest_shown = 40;
    return std::string(2 * std::min(depth, deepest_shown), ' ') + std::string(text);
}

}  // namespace

void PreviewWriter::line(std::string text) {
    if (!is_full()) lines_.push_back(std::move(text));
}

void PreviewWriter::flush_start() {
    const std::size_t depth = open_names_.size();
    if (start_pending_) line(indented(depth - 1, pending_start_ + ">"));
    start_pending_ = false;
    if (!is_blank(pending_text_)) line(indented(depth, mask_.text(pending_text_)));
    pending_text_.clear();
}

void PreviewWriter::start(
    std::string_view space, std::string_view name, const std::vector<PreviewAttribute>& attributes
) {
    flush_start();
    const bool new_space = spaces_.empty() ? !space.empty() : spaces_.back() != space;
    mask_.enter(space, name);
    spaces_.emplace_back(space);
    open_names_.push_back(mask_.element_name());
    pending_start_ = "<" + open_names_.back();
    if (new_space) pending_start_ += " xmlns=\"" + mask_.namespace_name() + '"';
    for (const PreviewAttribute& attribute : attributes) {
        pending_start_ += ' ' + mask_.attribute_name(attribute.space, attribute.name) + "=\"" +
                          mask_.attribute(attribute.space, attribute.name, attribute.value) + '"';
    }
    start_pending_ = true;
}

void PreviewWriter::text(std::string_view value) {
    if (open_names_.empty()) return;
    if (pending_text_.size() < longest_text) {
        pending_text_ += value.substr(0, longest_text - pending_text_.size());
    }
}

void PreviewWriter::comment(std::string_view value) {
    flush_start();
    line(indented(open_names_.size(), "<!-- " + mask_.remark(value) + " -->"));
}

void PreviewWriter::end() {
    const std::string& name = open_names_.back();
    const std::size_t depth = open_names_.size() - 1;
    if (start_pending_) {
        const std::string text = is_blank(pending_text_) ? "" : mask_.text(pending_text_);
        line(indented(
            depth,
            text.empty() ? pending_start_ + "/>" : pending_start_ + ">" + text + "</" + name + ">"
        ));
        start_pending_ = false;
        pending_text_.clear();
    } else {
        flush_start();
        line(indented(depth, "</" + name + ">"));
    }
    open_names_.pop_back();
    spaces_.pop_back();
    mask_.leave();
}

}  // namespace sfmkit::verifier
