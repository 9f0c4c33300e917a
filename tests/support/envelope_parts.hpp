#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace sfmkit::test {

/// An envelope cut at the places that the NHN page on the migration format gives; nothing is
/// decrypted or checked.
struct EnvelopeParts {
    std::string wrapped_key;
    std::string iv;
    std::string extension_field;
    std::string ciphertext;
};

EnvelopeParts cut_envelope(const std::string& envelope);

/// What the openssl program finds in an envelope: the AES key with `openssl pkeyutl`, the
/// plaintext with `openssl enc`. Throws when it refuses.
std::string open_with_openssl(
    const std::string& envelope, const std::filesystem::path& private_key_pem
);

}  // namespace sfmkit::test
