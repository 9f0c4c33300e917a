#pragma once

#include <string_view>

/// What stands in every HTML report, whatever it tells.
namespace sfmkit::findings {

/// Allows exactly the style and the script below (Content Security Policy level 3).
std::string_view html_policy() noexcept;
/// Light and dark by the reader's choice, and print.
std::string_view html_style() noexcept;
/// The filter. The page can be read without it.
std::string_view html_script() noexcept;

}  // namespace sfmkit::findings
