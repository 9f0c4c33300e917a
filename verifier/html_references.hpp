#pragma once

#include <string>
#include <string_view>

/// What HTML and CSS refer to.
namespace sfmkit::verifier {

enum class Reference {
    inside,   ///< an anchor, mail or phone address, or data in the address itself
    outside,  ///< all else: a host, a file, also one beside the document
    script    ///< an address that is a program
};

/// Of an address, with character references decoded. As browsers do: blanks in front, tabs and line
/// ends within do not count, nor does case.
Reference reference_to(std::string_view address);

/// Character references decoded, once: numbers, and the names of what addresses are made of. What
/// is not ASCII comes out as `?`.
std::string without_character_references(std::string_view value);

/// What a style sheet or a style attribute refers to.
struct StyleReferences {
    bool outside = false;  ///< url() or @import
    bool script = false;   ///< expression() or the address of a script
};
StyleReferences references_in_style(std::string_view style);

}  // namespace sfmkit::verifier
