#include "verifier/opened_envelope.hpp"

#include "platform/assert.hpp"
#include "wire/cursor.hpp"
#include "wire/envelope_layout.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t ending_bytes = 2048;

/// Does the first block become the beginning of something that is known?
bool decrypts_to_something(
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
    const platform::Bytes bytes =
        std::as_bytes(std::span(plain)).first(wire::envelope::block_bytes);
    return done && recognise(bytes).content != Content::unknown;
}

/// Where the last end record of a zip archive leads to, counted from the end (APPNOTE.TXT 4.3.16).
std::optional<std::size_t> bytes_behind_archive(platform::Bytes ending) {
    constexpr std::size_t record_bytes = 22;
    constexpr std::size_t comment_length_offset = 20;
    const std::size_t at = platform::as_text(ending).rfind("PK\x05\x06");
    if (at == std::string_view::npos || at + record_bytes > ending.size()) return std::nullopt;
    wire::Cursor cursor(ending.subspan(at + comment_length_offset));
    const std::size_t end = at + record_bytes + cursor.u16_le().value_or(0);
    if (end > ending.size()) return std::nullopt;
    return ending.size() - end;
}

platform::Result<void> look_inside(OpenedEnvelope& opened, const DecryptingFile& plaintext) {
    const auto size = plaintext.size();
    if (!size) return std::unexpected(size.error());
    opened.beginning.resize(known_content_bytes);
    const auto begun = plaintext.read_at(0, opened.beginning);
    if (!begun) return std::unexpected(begun.error());
    opened.beginning.resize(*begun);
    opened.content = recognise(opened.beginning);
    platform::ByteBuffer ending(ending_bytes);
    const std::uint64_t from = *size - std::min<std::uint64_t>(*size, ending_bytes);
    const auto ended = plaintext.read_at(from, ending);
    if (!ended) return std::unexpected(ended.error());
    ending.resize(*ended);
    opened.bytes_behind_archive = bytes_behind_archive(ending);
    return {};
}

}  // namespace

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
        return decrypts_to_something(candidate, header.iv, first_block, algorithms);
    };
    auto unwrapped = unwrap_key(key, header.wrapped_key, algorithms, makes_sense);
    if (!unwrapped) return std::unexpected(unwrapped.error());

    OpenedEnvelope opened;
    const platform::Bytes aes_key = unwrapped->key.view();
    opened.wrap = unwrapped->wrap;
    opened.key_bytes = aes_key.size();
    opened.key_digest = platform::digest_of(*algorithms.sha256, aes_key);
    if (opened.key_bytes != wire::envelope::aes_key_bytes) return opened;
    const DecryptingFile::Body body = {
        .offset_bytes = header.body_offset, .length_bytes = header.body_bytes
    };
    auto plaintext = DecryptingFile::open(file, body, header.iv, aes_key, algorithms);
    if (!plaintext && plaintext.error().code != platform::Errc::malformed) {
        return std::unexpected(plaintext.error());
    }
    opened.padding_valid = plaintext.has_value();
    const auto everything =
        plaintext ? nullptr
                  : DecryptingFile::with_last_block(file, body, header.iv, aes_key, algorithms);
    auto looked = look_inside(opened, plaintext ? **plaintext : *everything);
    if (!looked) return std::unexpected(looked.error());
    if (plaintext) opened.plaintext = std::move(*plaintext);
    return opened;
}

}  // namespace sfmkit::verifier
