#pragma once

#include "platform/bytes.hpp"
#include "platform/files.hpp"
#include "platform/result.hpp"
#include "verifier/known_content.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sfmkit::verifier {

/// What the first bytes of a file say it is.
enum class Layout {
    current,       ///< three lengths, key, IV, extension, ciphertext
    legacy,        ///< two lengths, key, IV, ciphertext: the walkthrough that NHN's page refers to
    byte_swapped,  ///< the lengths make sense only as big-endian numbers
    plain,         ///< not encrypted at all, whatever it is packed in
    cut,           ///< ends inside the header
    unreadable     ///< the lengths fit no file
};

/// The head of an encrypted file as it stands there. Nothing in it was judged yet.
struct EnvelopeHeader {
    Layout layout = Layout::unreadable;
    std::uint64_t file_bytes = 0;
    KnownContent known = {};  ///< what the first bytes are, if not lengths
    bool taken_for_text =
        false;  ///< its bytes were made UTF-8, with U+FFFD for bad ones or without
    std::uint32_t key_length = 0;
    std::uint32_t iv_length = 0;
    std::uint32_t extension_length = 0;  ///< as stored; means nothing when layout is legacy
    platform::ByteBuffer wrapped_key;    ///< empty when the file ends before it does
    platform::ByteBuffer iv;
    platform::ByteBuffer extension;  ///< the field as stored, base64 or not
    std::uint64_t body_offset = 0;   ///< of the ciphertext
    std::uint64_t body_bytes = 0;

    /// Could an RSA key have this length? OAEP with SHA-512 needs 130 bytes beside the AES key.
    bool key_length_possible() const noexcept;
    /// Everything is there that decryption needs.
    bool can_be_decrypted() const noexcept;
};

/// Reads at most 4 KiB, whatever the lengths in the file claim. Fails only where reading fails.
platform::Result<EnvelopeHeader> read_envelope_header(const platform::ReadableFile& file);

}  // namespace sfmkit::verifier
