#pragma once

#include "findings/report.hpp"

#include <string>

namespace sfmkit::findings {

/// What the screen knows beyond the report.
struct ScreenOptions {
    std::string target = "PATH";     ///< as it stands in the next commands
    std::string key_option = "";     ///< e.g. `--key recipient.pfx`
    std::string other_options = "";  ///< e.g. `--profile lenient`
    bool reports_written = false;    ///< somewhere, with everything in them
};

/// A path for a command line: in double quotes where a shell would take it apart.
std::string quoted(const std::string& path);

/// The lines and columns of the screen that the text is made for.
inline constexpr std::size_t screen_lines = 40;
inline constexpr std::size_t screen_columns = 100;

/// For a person who has ten minutes: the verdict on the first line, then what blocks, by rule, each
/// with one place, likely cause and next command; the rest in few lines. Fits on one screen.
std::string screen_text(const Report& report, const ScreenOptions& options);

}  // namespace sfmkit::findings
