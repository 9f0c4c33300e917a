#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The encrypted file of the SFM migration format: three little-endian 32-bit lengths, then wrapped
/// key, initialisation vector, extension (base64 text), then the ciphertext to the end of the file.
/// Only numbers stand here: writing is client/encoder, reading is verifier, and neither sees the
/// other. Source: NHN page "The SFM migration data format", section on encryption, and NHN's sample
/// encryptor.
namespace sfmkit::wire::envelope {

inline constexpr std::size_t key_length_offset = 0;
inline constexpr std::size_t iv_length_offset = 4;
inline constexpr std::size_t extension_length_offset = 8;
inline constexpr std::size_t prefix_bytes = 12;

inline constexpr std::size_t aes_key_bytes = 32;
inline constexpr std::size_t iv_bytes = 16;
inline constexpr std::size_t block_bytes = 16;

/// RSA modulus lengths in bytes that certificates are expected to have: 2048, 3072, 4096 bits.
inline constexpr std::array<std::size_t, 3> usual_modulus_bytes = {256, 384, 512};

/// Longest extension field that a reader accepts, against hostile lengths.
inline constexpr std::uint32_t max_extension_bytes = 64;

}  // namespace sfmkit::wire::envelope
