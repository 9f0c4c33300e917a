#include "cli/key_options.hpp"

#include "platform/terminal.hpp"

#include <CLI/App.hpp>

#include <algorithm>

namespace sfmkit::cli {
namespace {

/// Far above any key; keeps a wrong file from being read whole.
constexpr std::uint64_t max_key_bytes = 1 << 20;
constexpr const char* usual_variable = "SFMKIT_PASS_PHRASE";

using Secret = std::optional<platform::SecretBytes>;

platform::SecretBytes first_line(platform::ByteBuffer content) {
    const auto is_line_end = [](std::byte byte) {
        return byte == std::byte{'\n'} || byte == std::byte{'\r'};
    };
    const auto end = std::ranges::find_if(content, is_line_end);
    const auto length = static_cast<std::size_t>(end - content.begin());
    platform::SecretBytes secret(std::move(content));
    secret.shrink(length);
    return secret;
}

/// What file or variable hold; nothing when neither was named. Read before the key is, so that a
/// wrong name is told also when the key wants no pass phrase.
platform::Result<Secret> named_pass_phrase(World& world, const KeyOptions& options) {
    if (!options.pass_phrase_file.empty()) {
        auto content = world.files.read_all(options.pass_phrase_file, max_key_bytes);
        if (!content) return platform::fail(content.error());
        return first_line(std::move(*content));
    }
    const bool named = !options.pass_phrase_variable.empty();
    const auto value = platform::environment(named ? options.pass_phrase_variable : usual_variable);
    if (value) return platform::SecretBytes(platform::to_buffer(*value));
    if (!named) return Secret();
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the environment variable of the pass phrase is not set",
        .where = "--pass-phrase-env " + options.pass_phrase_variable,
        .expected = "the name of a variable that holds the pass phrase",
        .next = "export the variable, or use --pass-phrase-file FILE",
    });
}

}  // namespace

void add_key_options(CLI::App& command, KeyOptions& options, KeyNeed need) {
    command
        .add_option(
            "--key", options.key, "Private key of the recipient: PEM, DER or PKCS#12 (.pfx)"
        )
        ->option_text("KEY")
        ->required(need == KeyNeed::required);
    auto* const file = command.add_option(
        "--pass-phrase-file", options.pass_phrase_file, "Its first line opens KEY"
    );
    file->option_text("FILE");
    command
        .add_option(
            "--pass-phrase-env",
            options.pass_phrase_variable,
            "The environment variable that opens KEY; without both a terminal is asked"
        )
        ->option_text("NAME [SFMKIT_PASS_PHRASE]")
        ->excludes(file);
}

platform::Result<platform::PrivateKey> read_private_key(World& world, const KeyOptions& options) {
    auto named = named_pass_phrase(world, options);
    if (!named) return platform::fail(named.error());
    auto content = world.files.read_all(options.key, max_key_bytes);
    if (!content) return platform::fail(content.error());
    const platform::SecretBytes key_bytes(std::move(*content));
    const auto pass_phrase = [&]() -> Secret {
        if (*named) return std::move(*named);
        return platform::ask_secret("pass phrase of " + options.key + ": ");
    };
    auto key = platform::parse_private_key(key_bytes.view(), options.key, pass_phrase);
    if (!key && key.error().next.empty()) {
        key.error().next = std::string(
                               "sfmkit keys new DIR makes keys for tests; pass phrases come from "
                               "--pass-phrase-file, --pass-phrase-env, "
                           ) +
                           usual_variable + " or a terminal";
    }
    return key;
}

}  // namespace sfmkit::cli
