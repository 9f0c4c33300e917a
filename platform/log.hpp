#pragma once

#include <string_view>

namespace sfmkit::platform {

enum class LogLevel { quiet, error, warning, info, debug };

/// The operator's log on the error stream. Evidence is not logged here but recorded; personal data,
/// tokens and keys never come here.
void set_log_level(LogLevel level);
void log_error(std::string_view text);
void log_warning(std::string_view text);
void log_info(std::string_view text);
void log_debug(std::string_view text);

}  // namespace sfmkit::platform
