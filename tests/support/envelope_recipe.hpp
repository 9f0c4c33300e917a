#pragma once

#include "platform/keys.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace sfmkit::test {

enum class TestWrap { oaep_sha512, oaep_sha512_mgf1_sha1, oaep_sha256, oaep_sha1, pkcs1_v15 };

/// An encrypted file described field by field, right unless something is changed. Written from the
/// NHN page with plain EVP calls and apart from client/encoder, so that both can be wrong only
/// independently.
struct EnvelopeRecipe {
    std::string plaintext = {};
    std::string extension_field = "emlw";  ///< as stored: base64 of `zip`
    bool with_extension = true;            ///< false: the layout of the old walkthrough
    bool big_endian = false;
    bool padded = true;
    TestWrap wrap = TestWrap::oaep_sha512;
    std::string aes_key = "0123456789abcdef0123456789ABCDEF";
    std::string wrapped_content = {};  ///< what RSA wraps; empty: the AES key
    std::string iv = "fedcba9876543210";
    std::optional<std::uint32_t> key_length = {};  ///< what the header says, if not the truth
    std::optional<std::uint32_t> iv_length = {};
    std::optional<std::uint32_t> extension_length = {};
};

/// Throws std::runtime_error when OpenSSL refuses.
std::string make_envelope(const EnvelopeRecipe& recipe, const platform::PrivateKey& recipient);

/// A new RSA key; only the public half is used for sealing.
platform::PrivateKey make_rsa_key(unsigned bits);

}  // namespace sfmkit::test
