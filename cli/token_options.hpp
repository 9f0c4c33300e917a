#pragma once

#include "cli/command.hpp"
#include "client/upload/access_token.hpp"

#include <memory>
#include <string>

namespace sfmkit::cli {

/// Where `upload` finds its access token; all empty: there is none.
struct TokenOptions {
    std::string file;  ///< `-` is the input stream
    std::string variable;
    std::string command;
};

bool has_token(const TokenOptions& options) noexcept;

/// Adds `--token-file`, `--token-env` and `--token-command`. The options must outlive the parser.
void add_token_options(CLI::App& command, TokenOptions& options);

/// Null when no token is asked for. Never an argument: those are seen by everybody on the machine.
/// Errc::usage when what is named holds no token; a command is not run before it is needed. A file
/// that others may read brings a warning to the error stream.
platform::Result<std::unique_ptr<client::TokenSource>> token_source(
    World& world, const TokenOptions& options
);

}  // namespace sfmkit::cli
