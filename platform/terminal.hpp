#pragma once

#include "platform/openssl.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace sfmkit::platform {

enum class Stream { input, output, error };

/// True when the stream is a terminal that a person looks at.
bool is_terminal(Stream stream) noexcept;
/// True when colour is welcome: a terminal, and NO_COLOR is not set.
bool wants_colour(Stream stream) noexcept;
/// How many columns the terminal has; nothing when the stream is none, or does not tell.
std::optional<std::size_t> columns_of_terminal(Stream stream) noexcept;
/// The same of its lines.
std::optional<std::size_t> lines_of_terminal(Stream stream) noexcept;
/// False for terminals that only know the beginning of the line (TERM is `dumb` or not set).
bool can_move_cursor(Stream stream);
/// Asks the person at the terminal and does not show what is typed. Nothing when no terminal is
/// there to type on, or when the person interrupts.
std::optional<SecretBytes> ask_secret(const std::string& prompt);
/// An environment variable, if set.
std::optional<std::string> environment(const std::string& name);

}  // namespace sfmkit::platform
