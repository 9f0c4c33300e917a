#pragma once

#include "platform/bytes.hpp"
#include "platform/keys.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace sfmkit::client {

/// What encryption needs; everything must outlive the work.
struct Sealing {
    const platform::Certificate& recipient;
    platform::Random& random;  ///< fit for keys: SystemRandom outside tests
    const platform::CryptoAlgorithms& algorithms;
};

/// Errc::unusable_key below RSA-2048. To be asked before the first file of many is written.
platform::Result<void> check_recipient(const platform::Certificate& recipient);

/// Takes the bytes of an envelope in order.
using EnvelopeSink = std::function<platform::Result<void>(platform::Bytes)>;

/// Writes one encrypted file of the SFM format from plaintext that comes in pieces, in constant
/// memory (NHN page "The SFM migration data format" and NHN's sample encryptor: RSA-OAEP with
/// SHA-512, AES-256-CBC with PKCS#7, lengths little-endian, extension as base64 text). Key and
/// initialisation vector are drawn anew for each envelope. Without finish() the result is no
/// envelope.
class EnvelopeWriter {
  public:
    /// Writes the header. extension is that of the plaintext, without dot: `zip` or `xps`.
    /// Errc::unusable_key below RSA-2048, Errc::usage when the extension is empty or longer than 48
    /// bytes, else the sink's error.
    static platform::Result<EnvelopeWriter> start(
        const Sealing& sealing, std::string_view extension, EnvelopeSink sink
    );

    platform::Result<void> write(platform::Bytes plaintext);
    /// The last block. Bytes of the whole envelope.
    platform::Result<std::uint64_t> finish();

  private:
    EnvelopeWriter(
        platform::Openssl<EVP_CIPHER_CTX> cipher, EnvelopeSink sink, std::uint64_t bytes_written
    );
    platform::Result<void> put(platform::Bytes bytes);

    platform::Openssl<EVP_CIPHER_CTX> cipher_;
    EnvelopeSink sink_;
    std::uint64_t bytes_written_ = 0;
    platform::ByteBuffer ciphertext_;  ///< one piece, reused
};

}  // namespace sfmkit::client
