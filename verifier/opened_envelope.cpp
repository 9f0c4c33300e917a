#include "verifier/opened_envelope.hpp"

#include "platform/assert.hpp"
#include "wire/envelope_layout.hpp"

#include <openssl/evp.h>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view zip_signature = "PK\x03\x04";

/// Does the first block become the beginning of a zip archive?
bool decrypts_to_zip(
    platform::Bytes key,
    platform::Bytes iv,
    platform::Bytes first_block,
    const platform::CryptoAlgorithms& algorithms
) {
    if (key.size() != wire::envelope::aes_key_bytes) return false;
    const platform::Openssl<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    SFM_ASSERT(context != nullptr);
    std::array<unsigned char, 2 * wire::envelope::block_bytes> plain{};
    int written = 0;
    const bool done = EVP_DecryptInit_ex2(
                          context.get(),
                          algorithms.aes_256_cbc.get(),
                          reinterpret_cast<const unsigned char*>(key.data()),
                          reinterpret_cast<const unsigned char*>(iv.data()),
                          nullptr
                      ) == 1 &&
                      EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                      EVP_DecryptUpdate(
                          context.get(),
                          plain.data(),
                          &written,
                          reinterpret_cast<const unsigned char*>(first_block.data()),
                          static_cast<int>(first_block.size())
                      ) == 1;
    const platform::Bytes bytes = std::as_bytes(std::span(plain)).first(zip_signature.size());
    return done && platform::as_text(bytes) == zip_signature;
}

}  // namespace

bool OpenedEnvelope::begins_like_zip() const noexcept {
    return platform::as_text(beginning) == zip_signature;
}

platform::Result<OpenedEnvelope> open_envelope(
    const platform::ReadableFile& file,
    const EnvelopeHeader& header,
    const platform::PrivateKey& key,
    const platform::CryptoAlgorithms& algorithms
) {
    SFM_ASSERT(header.can_be_decrypted());
    std::array<std::byte, wire::envelope::block_bytes> first_block{};
    const auto read = file.read_at(header.body_offset, first_block);
    if (!read) return std::unexpected(read.error());
    const auto makes_sense = [&](platform::Bytes candidate) {
        return decrypts_to_zip(candidate, header.iv, first_block, algorithms);
    };
    auto unwrapped = unwrap_key(key, header.wrapped_key, algorithms, makes_sense);
    if (!unwrapped) return std::unexpected(unwrapped.error());

    OpenedEnvelope opened;
    opened.wrap = unwrapped->wrap;
    opened.key_bytes = unwrapped->key.view().size();
    opened.key_digest = platform::digest_of(*algorithms.sha256, unwrapped->key.view());
    if (opened.key_bytes != wire::envelope::aes_key_bytes) return opened;
    auto plaintext = DecryptingFile::open(
        file,
        {.offset_bytes = header.body_offset, .length_bytes = header.body_bytes},
        header.iv,
        unwrapped->key.view(),
        algorithms
    );
    if (!plaintext) {
        if (plaintext.error().code != platform::Errc::malformed) {
            return std::unexpected(plaintext.error());
        }
        return opened;
    }
    opened.padding_valid = true;
    opened.beginning.resize(zip_signature.size());
    const auto count = (*plaintext)->read_at(0, opened.beginning);
    if (!count) return std::unexpected(count.error());
    opened.beginning.resize(*count);
    opened.plaintext = std::move(*plaintext);
    return opened;
}

}  // namespace sfmkit::verifier
