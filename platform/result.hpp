#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sfmkit::platform {

/// What kind of thing went wrong; callers branch on it, and it decides the exit code.
enum class Errc {
    usage,              ///< option or configuration that cannot work (exit 2)
    not_found,          ///< a file or folder that was named is not there
    not_permitted,      ///< the operating system refuses access
    already_exists,     ///< a file would be overwritten
    address_in_use,     ///< a port is taken
    unusable_key,       ///< key or certificate that cannot be used at all (exit 2)
    wrong_key,          ///< a good key that does not fit this file (exit 3)
    malformed,          ///< input that breaks its format (exit 1)
    truncated,          ///< input that ends too early (exit 1)
    changed,            ///< a file is not what it was when the work began
    refused,            ///< the other side said no for good (exit 1)
    unreachable,        ///< no connection to the other side (exit 3)
    connection_closed,  ///< the other side ended the connection in order
    connection_reset,   ///< the connection broke
    timeout,            ///< a deadline passed
    cancelled,          ///< we were asked to stop
    disk_full,          ///< no space left (exit 3)
    input_output,       ///< any other failure of the operating system
    limit,              ///< a limit of ours was passed
    internal            ///< should not happen; a defect of sfmkit (exit 4)
};

/// Lower-case words with hyphens, e.g. `wrong-key`; printed behind messages as `[ERR-wrong-key]`.
std::string_view name_of(Errc code) noexcept;

/// One failure, told so that a person can act on it. Empty fields are left out when printed.
/// Never holds personal data, tokens or key material.
struct Error {
    Errc code = Errc::internal;
    std::string what{};      ///< one clause: what failed
    std::string where{};     ///< file, URL, option, byte offset
    std::string expected{};  ///< what would have been right
    std::string actual{};    ///< what came instead
    std::string next{};      ///< the command or step that helps
    /// More lines for a person, each a label and a text, e.g. `proved` and what was.
    std::vector<std::pair<std::string, std::string>> details{};
};

/// `what: where`, then expected, actual and next step, then the id; several lines, no final
/// newline.
std::string describe(const Error& error);

/// The exit code of design section 4 for a command that ends with this error.
int exit_code_for(Errc code) noexcept;

template <class T>
using Result = std::expected<T, Error>;

/// Short form for `return fail({.code = …, .what = …});`
inline std::unexpected<Error> fail(Error error) {
    return std::unexpected(std::move(error));
}

}  // namespace sfmkit::platform
