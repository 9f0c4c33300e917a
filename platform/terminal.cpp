#include "platform/terminal.hpp"

#include <cstdlib>
#include <unistd.h>

namespace sfmkit::platform {

bool is_terminal(Stream stream) noexcept {
    return ::isatty(stream == Stream::output ? STDOUT_FILENO : STDERR_FILENO) == 1;
}

bool wants_colour(Stream stream) noexcept {
    const char* const refusal = std::getenv("NO_COLOR");
    const bool refused = refusal != nullptr && *refusal != '\0';
    return !refused && is_terminal(stream);
}

std::optional<std::string> environment(const std::string& name) {
    const char* const value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
}

}  // namespace sfmkit::platform
