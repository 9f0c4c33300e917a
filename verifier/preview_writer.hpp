#pragma once

#include "verifier/value_mask.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

struct PreviewAttribute {
    std::string_view space = {};
    std::string_view name = {};
    std::string_view value = {};
};

/// The first lines of a document, indented, every value through the mask. What is shown is for
/// people: neither the document's white space nor its prefixes are kept.
class PreviewWriter {
  public:
    PreviewWriter(PersonalData personal, std::size_t max_lines)
        : mask_(personal), max_lines_(max_lines) {}

    void start(
        std::string_view space,
        std::string_view name,
        const std::vector<PreviewAttribute>& attributes
    );
    void text(std::string_view value);
    void comment(std::string_view value);
    void end();

    /// No line fits any more.
    bool is_full() const noexcept { return lines_.size() >= max_lines_; }
    std::vector<std::string> lines() { return std::move(lines_); }

  private:
    void flush_start();
    void line(std::string text);

    ValueMask mask_;
    std::size_t max_lines_;
    std::vector<std::string> lines_;
    std::vector<std::string> open_names_;
    std::string pending_start_;  ///< the last start tag without its end
    std::string pending_text_;
    bool start_pending_ = false;
    std::vector<std::string> spaces_;
};

}  // namespace sfmkit::verifier
