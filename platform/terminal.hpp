#pragma once

#include <optional>
#include <string>

namespace sfmkit::platform {

enum class Stream { output, error };

/// True when the stream is a terminal that a person looks at.
bool is_terminal(Stream stream) noexcept;
/// True when colour is welcome: a terminal, and NO_COLOR is not set.
bool wants_colour(Stream stream) noexcept;
/// An environment variable, if set.
std::optional<std::string> environment(const std::string& name);

}  // namespace sfmkit::platform
