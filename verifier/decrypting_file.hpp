#pragma once

#include "platform/files.hpp"
#include "platform/openssl.hpp"

#include <array>
#include <cstdint>
#include <memory>

namespace sfmkit::verifier {

/// The plaintext of an AES-256-CBC body, at any place and in any order, without holding more than
/// some windows of it: a block of CBC needs only the ciphertext block before it.
/// Reads through the file it was opened on, which must outlive it. For one thread at a time.
class DecryptingFile final : public platform::ReadableFile {
  public:
    struct Body {
        std::uint64_t offset_bytes = 0;
        std::uint64_t length_bytes = 0;  ///< a positive multiple of 16
    };

    /// Checks the padding of the last block first: Errc::malformed when it is no PKCS#7 padding.
    static platform::Result<std::unique_ptr<DecryptingFile>> open(
        const platform::ReadableFile& file,
        Body body,
        platform::Bytes iv,
        platform::Bytes key,
        const platform::CryptoAlgorithms& algorithms
    );

    /// The same without a look at the last block: its padding, or what stands there instead, is
    /// part of what is read. For finding out why open refuses.
    static std::unique_ptr<DecryptingFile> with_last_block(
        const platform::ReadableFile& file,
        Body body,
        platform::Bytes iv,
        platform::Bytes key,
        const platform::CryptoAlgorithms& algorithms
    );

    /// Length of the plaintext.
    platform::Result<std::uint64_t> size() const override { return plain_bytes_; }
    platform::Result<std::size_t> read_at(std::uint64_t offset, platform::MutableBytes target)
        const override;

  private:
    static constexpr std::size_t block_bytes = 16;
    static constexpr std::size_t window_bytes = std::size_t{64} * 1024;
    /// Readers of archives go to and fro between directory and entries.
    static constexpr std::size_t window_count = 8;
    static constexpr std::uint64_t nowhere = UINT64_MAX;

    struct Window {
        std::uint64_t start = nowhere;
        std::uint64_t last_use = 0;
        platform::ByteBuffer bytes = {};
    };

    DecryptingFile(const platform::ReadableFile& file, Body body, platform::Bytes iv);

    /// The window that begins there, decrypted now if it is not at hand. Valid until the next call.
    platform::Result<const platform::ByteBuffer*> window_at(std::uint64_t start) const;
    platform::Result<void> decrypt(std::uint64_t start, platform::ByteBuffer& target) const;
    platform::Result<void> remove_padding();

    const platform::ReadableFile* file_;
    Body body_;
    std::array<std::byte, block_bytes> iv_{};
    std::uint64_t plain_bytes_ = 0;

    // A cache: reading does not change what the file is.
    mutable platform::Openssl<EVP_CIPHER_CTX> context_;
    mutable platform::ByteBuffer cipher_window_;
    mutable std::array<Window, window_count> windows_;
    mutable std::uint64_t uses_ = 0;
};

}  // namespace sfmkit::verifier
