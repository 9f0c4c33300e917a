#pragma once

#include "platform/keys.hpp"
#include "platform/openssl.hpp"
#include "platform/result.hpp"

#include <functional>
#include <string_view>

namespace sfmkit::verifier {

/// How the AES key of a file was wrapped with RSA. The first is what NHN's encryptor does.
enum class KeyWrap {
    oaep_sha512,
    oaep_sha512_mgf1_sha1,
    oaep_sha256,
    oaep_sha256_mgf1_sha1,
    oaep_sha1,
    pkcs1_v15
};
/// e.g. `OAEP SHA-512 with MGF1 SHA-1`.
std::string_view name_of(KeyWrap wrap) noexcept;

struct UnwrappedKey {
    KeyWrap wrap = KeyWrap::oaep_sha512;
    platform::SecretBytes key;
};

/// Says whether an AES key makes sense of the file. PKCS#1 v1.5 needs it: with implicit rejection
/// OpenSSL answers a wrong padding with random bytes instead of an error.
using KeyCheck = std::function<bool(platform::Bytes key)>;

/// Tries the right padding, then for diagnosis those that vendors take by mistake.
/// Errc::wrong_key when none of them unwraps: key and file do not belong together.
platform::Result<UnwrappedKey> unwrap_key(
    const platform::PrivateKey& key,
    platform::Bytes wrapped,
    const platform::CryptoAlgorithms& algorithms,
    const KeyCheck& makes_sense
);

}  // namespace sfmkit::verifier
