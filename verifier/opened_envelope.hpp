#pragma once

#include "verifier/decrypting_file.hpp"
#include "verifier/envelope_reader.hpp"
#include "verifier/key_unwrap.hpp"
#include "verifier/known_content.hpp"

#include <memory>
#include <optional>

namespace sfmkit::verifier {

/// How far decryption of one file came.
struct OpenedEnvelope {
    KeyWrap wrap = KeyWrap::oaep_sha512;
    std::size_t key_bytes = 0;        ///< of the unwrapped AES key
    platform::ByteBuffer key_digest;  ///< SHA-256 of it, to see when two files share a key
    bool padding_valid = false;       ///< of the last block; false also when key_bytes is not 32
    platform::ByteBuffer beginning;   ///< of the plaintext: at most known_content_bytes
    KnownContent content = {};        ///< what the beginning is
    /// Bytes behind the end of a zip archive, when its end record stands in the last 2 KiB of what
    /// was decrypted. Padding counts when it is not valid.
    std::optional<std::size_t> bytes_behind_archive = {};
    std::unique_ptr<DecryptingFile> plaintext;  ///< null unless padding_valid

    bool begins_like_zip() const noexcept { return content.is_archive(); }
};

/// Unwraps the AES key and checks the last block. The header must be one that can be decrypted.
/// Errc::wrong_key when no padding unwraps, or an error of reading; all else stands in the value.
platform::Result<OpenedEnvelope> open_envelope(
    const platform::ReadableFile& file,
    const EnvelopeHeader& header,
    const platform::PrivateKey& key,
    const platform::CryptoAlgorithms& algorithms
);

}  // namespace sfmkit::verifier
