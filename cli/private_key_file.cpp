#include "cli/private_key_file.hpp"

#include "platform/terminal.hpp"

#include <algorithm>

namespace sfmkit::cli {
namespace {

/// Far above any key; keeps a wrong file from being read whole.
constexpr std::uint64_t max_key_bytes = 1 << 20;
constexpr const char* pass_phrase_variable = "SFMKIT_PASS_PHRASE";

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

}  // namespace

platform::Result<platform::PrivateKey> read_private_key(
    World& world, const std::string& path, const std::string& pass_phrase_file
) {
    // Wiped when it goes, also when it turns out to be no key.
    std::optional<platform::SecretBytes> from_file;
    if (!pass_phrase_file.empty()) {
        auto content = world.files.read_all(pass_phrase_file, max_key_bytes);
        if (!content) return platform::fail(content.error());
        from_file = first_line(std::move(*content));
    }
    auto content = world.files.read_all(path, max_key_bytes);
    if (!content) return platform::fail(content.error());
    const platform::SecretBytes key_bytes(std::move(*content));
    const auto pass_phrase = [&from_file]() -> std::optional<platform::SecretBytes> {
        if (from_file) return std::move(from_file);
        const auto variable = platform::environment(pass_phrase_variable);
        if (!variable) return std::nullopt;
        return platform::SecretBytes(platform::to_buffer(*variable));
    };
    auto key = platform::parse_private_key(key_bytes.view(), path, pass_phrase);
    if (!key && key.error().next.empty()) {
        key.error().next = std::string(
                               "sfmkit keys new DIR makes keys for tests; pass phrases "
                               "come from --pass-phrase-file or "
                           ) +
                           pass_phrase_variable;
    }
    return key;
}

}  // namespace sfmkit::cli
