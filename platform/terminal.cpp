#include "platform/terminal.hpp"

#include <openssl/evp.h>

#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace sfmkit::platform {

namespace {

int descriptor_of(Stream stream) noexcept {
    switch (stream) {
        case Stream::input:
            return STDIN_FILENO;
        case Stream::output:
            return STDOUT_FILENO;
        case Stream::error:
            break;
    }
    return STDERR_FILENO;
}

winsize size_of(Stream stream) noexcept {
    winsize size{};
    const bool told = is_terminal(stream) && ::ioctl(descriptor_of(stream), TIOCGWINSZ, &size) == 0;
    return told ? size : winsize{};
}

std::optional<std::size_t> unless_zero(unsigned short count) noexcept {
    if (count == 0) return std::nullopt;
    return count;
}

}  // namespace

bool is_terminal(Stream stream) noexcept {
    return ::isatty(descriptor_of(stream)) == 1;
}

std::optional<std::size_t> columns_of_terminal(Stream stream) noexcept {
    return unless_zero(size_of(stream).ws_col);
}

std::optional<std::size_t> lines_of_terminal(Stream stream) noexcept {
    return unless_zero(size_of(stream).ws_row);
}

bool can_move_cursor(Stream stream) {
    const auto kind = environment("TERM");
    return is_terminal(stream) && kind && !kind->empty() && *kind != "dumb";
}

std::optional<SecretBytes> ask_secret(const std::string& prompt) {
    // Without this a script without input would wait for a person who is not there.
    if (!is_terminal(Stream::input)) return std::nullopt;
    // OpenSSL switches echoing off and back on again, also when a signal comes in between.
    constexpr int longest = 1024;
    constexpr int ask_once = 0;
    SecretBytes typed(longest);
    auto* const text = reinterpret_cast<char*>(typed.writable().data());
    if (EVP_read_pw_string_min(text, 0, longest - 1, prompt.c_str(), ask_once) != 0) {
        return std::nullopt;
    }
    typed.shrink(std::strlen(text));
    return typed;
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
