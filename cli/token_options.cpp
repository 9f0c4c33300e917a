#include "cli/token_options.hpp"

#include "platform/file_readers.hpp"
#include "platform/printable.hpp"
#include "platform/program_output.hpp"
#include "platform/terminal.hpp"

#include <CLI/App.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <ostream>

namespace sfmkit::cli {
namespace {

using boost::asio::awaitable;
using platform::Errc;
using platform::Result;

constexpr std::uint64_t most_token_bytes = 65536;

/// The token without the white space around it. The text is a secret: no message quotes it.
Result<std::string> token_in(std::string_view text, const std::string& where) {
    constexpr std::string_view white_space = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(white_space);
    const std::size_t end = text.find_last_not_of(white_space);
    if (begin != std::string_view::npos) text = text.substr(begin, end - begin + 1);
    if (client::is_access_token(text)) return std::string(text);
    return platform::fail(
        {.code = Errc::usage,
         .what = "this is no access token",
         .where = where,
         .expected = "letters, digits and -._~+/ on one line, = only at its end",
         .actual = begin == std::string_view::npos ? "nothing" : "something else",
         .next = "give the token alone, without `Bearer`"}
    );
}

/// What was there when the program began, and never anything else.
class FixedToken final : public client::TokenSource {
  public:
    explicit FixedToken(std::string token) : token_(std::move(token)) {}
    awaitable<Result<std::string>> fetch() override { co_return token_; }
    bool has_more() const override { return false; }

  private:
    std::string token_;
};

/// A file that somebody may write anew while we run.
class TokenFile final : public client::TokenSource {
  public:
    TokenFile(platform::Files& files, std::string path) : files_(files), path_(std::move(path)) {}

    Result<std::string> read() const {
        const auto content = files_.read_all(path_, most_token_bytes);
        if (!content) return std::unexpected(content.error());
        return token_in(platform::as_text(*content), path_);
    }
    awaitable<Result<std::string>> fetch() override { co_return read(); }
    bool has_more() const override { return true; }

  private:
    platform::Files& files_;
    std::string path_;
};

/// A command that prints a token; run by the shell, as it would be by hand.
class TokenCommand final : public client::TokenSource {
  public:
    TokenCommand(platform::Clock& clock, std::string command)
        : clock_(clock), command_(std::move(command)) {}

    awaitable<Result<std::string>> fetch() override {
        const std::filesystem::path shell("/bin/sh");
        std::vector<std::string> arguments = {"-c", command_};
        const platform::ProgramLimits limits{.output_bytes = most_token_bytes};
        auto printed = co_await platform::output_of_program(clock_, shell, arguments, limits);
        if (printed) {
            auto token = token_in(*printed, "--token-command");
            // Another run may find it in a better mood.
            if (!token) token.error().code = Errc::unreachable;
            co_return token;
        }
        platform::Error error = std::move(printed.error());
        error.code = Errc::unreachable;
        error.what = "the command for an access token gave none: " + error.what;
        error.where = "--token-command";
        error.next = "try the command by hand";
        co_return platform::fail(std::move(error));
    }
    bool has_more() const override { return true; }

  private:
    platform::Clock& clock_;
    std::string command_;
};

void warn_of_readers(World& world, const std::string& file) {
    if (platform::readers_of(file) != platform::FileReaders::others) return;
    const std::string name = platform::printable(file);
    world.error << "warning: others on this machine may read the access token: chmod 600 " << name
                << '\n';
}

Result<std::string> token_of_input() {
    std::string text(most_token_bytes, '\0');
    std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::cin.gcount()));
    return token_in(text, "the input stream");
}

Result<std::string> token_of_environment(const std::string& variable) {
    const auto value = platform::environment(variable);
    return token_in(value.value_or(""), "--token-env " + variable);
}

}  // namespace

bool has_token(const TokenOptions& options) noexcept {
    return !options.file.empty() || !options.variable.empty() || !options.command.empty();
}

void add_token_options(CLI::App& command, TokenOptions& options) {
    auto* const file = command.add_option(
        "--token-file", options.file, "holds the access token; read again after a 401; - is stdin"
    );
    auto* const variable =
        command.add_option("--token-env", options.variable, "variable with the access token");
    auto* const program = command.add_option(
        "--token-command", options.command, "prints the access token; run again after a 401"
    );
    variable->excludes(file);
    program->excludes(file)->excludes(variable);
}

Result<std::unique_ptr<client::TokenSource>> token_source(
    World& world, const TokenOptions& options
) {
    if (!options.command.empty()) {
        return std::make_unique<TokenCommand>(world.clock, options.command);
    }
    if (!options.file.empty() && options.file != "-") {
        auto source = std::make_unique<TokenFile>(world.files, options.file);
        if (auto token = source->read(); !token) return std::unexpected(std::move(token.error()));
        warn_of_readers(world, options.file);
        return source;
    }
    if (options.file.empty() && options.variable.empty()) return nullptr;
    auto token = options.file.empty() ? token_of_environment(options.variable) : token_of_input();
    if (!token) return std::unexpected(std::move(token.error()));
    return std::make_unique<FixedToken>(std::move(*token));
}

}  // namespace sfmkit::cli
