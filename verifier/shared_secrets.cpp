#include "verifier/shared_secrets.hpp"

namespace sfmkit::verifier {

void SharedSecrets::look_at(
    EnvelopeFacts& facts, std::uint32_t number, std::span<const std::string_view> names
) {
    const auto note = [&](const char* what, platform::Bytes bytes) {
        if (bytes.empty()) return;
        const TextDigest digest = TextDigester().add(what).add(platform::as_text(bytes)).finish();
        const auto [known, is_new] = first_.emplace(digest, number);
        if (is_new || !facts.shared_secret.empty()) return;
        facts.shared_secret = what;
        facts.shared_with = names[known->second];
    };
    note("wrapped key", facts.header->wrapped_key);
    if (facts.opened != nullptr) note("AES key", facts.opened->key_digest);
    note("IV", facts.header->iv);
}

}  // namespace sfmkit::verifier
