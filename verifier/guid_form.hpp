#pragma once

#include <string_view>

namespace sfmkit::verifier {

enum class GuidForm {
    none,     ///< no GUID
    nil,      ///< all digits are 0
    random,   ///< version 4, in the form of .NET's format D: 8-4-4-4-12 digits
    version,  ///< that form, but another version or variant
    other     ///< without dashes, in braces or parentheses, or as a URN
};

/// Reads a GUID in any form that .NET writes; letters in either case.
GuidForm guid_form(std::string_view text) noexcept;

}  // namespace sfmkit::verifier
