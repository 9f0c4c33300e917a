#include "client/encoder/envelope_writer.hpp"

#include "platform/assert.hpp"
#include "wire/base64.hpp"
#include "wire/envelope_layout.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sfmkit::client {
namespace {

namespace layout = wire::envelope;
using platform::ByteBuffer;
using platform::Bytes;
using platform::Errc;
using platform::fail;
using platform::Openssl;
using platform::Result;
using platform::SecretBytes;

/// Plaintext goes through the cipher in pieces of this size, whatever sizes come in.
constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

const unsigned char* input_of(Bytes bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* output_of(platform::MutableBytes bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

Result<ByteBuffer> wrap_key(const platform::Certificate& recipient, const SecretBytes& key) {
    if (auto usable = check_recipient(recipient); !usable) return fail(usable.error());
    const std::size_t modulus = recipient.modulus_bytes();
    ERR_clear_error();
    const Openssl<EVP_PKEY_CTX> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, recipient.public_key(), nullptr)
    );
    ByteBuffer wrapped(modulus);
    std::size_t size = wrapped.size();
    const Bytes plain = key.view();
    // MGF1 is named although OpenSSL takes the OAEP digest by default: the format depends on it.
    const bool done =
        context && EVP_PKEY_encrypt_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) == 1 &&
        EVP_PKEY_CTX_set_rsa_oaep_md_name(context.get(), "SHA512", nullptr) == 1 &&
        EVP_PKEY_CTX_set_rsa_mgf1_md_name(context.get(), "SHA512", nullptr) == 1 &&
        EVP_PKEY_encrypt(context.get(), output_of(wrapped), &size, input_of(plain), plain.size()) ==
            1;
    if (!done || size != modulus) {
        return fail({
            .code = Errc::unusable_key,
            .what = "cannot encrypt for the recipient",
            .where = recipient.subject(),
            .expected = "an RSA key that takes OAEP with SHA-512",
            .actual = platform::drain_openssl_errors(),
        });
    }
    return wrapped;
}

void append_length(ByteBuffer& header, std::size_t length) {
    for (int shift = 0; shift < 32; shift += 8) {
        header.push_back(static_cast<std::byte>(length >> shift & 0xff));
    }
}

}  // namespace

Result<void> check_recipient(const platform::Certificate& recipient) {
    const std::size_t modulus = recipient.modulus_bytes();
    if (modulus >= layout::usual_modulus_bytes.front()) return {};
    return fail({
        .code = Errc::unusable_key,
        .what = "the recipient's RSA key is too short",
        .where = recipient.subject(),
        .expected = "2048 bits or more",
        .actual = std::to_string(modulus * 8) + " bits",
        .next = "sfmkit keys new DIR makes a certificate for tests",
    });
}

EnvelopeWriter::EnvelopeWriter(
    Openssl<EVP_CIPHER_CTX> cipher, EnvelopeSink sink, std::uint64_t bytes_written
)
    : cipher_(std::move(cipher)), sink_(std::move(sink)), bytes_written_(bytes_written) {}

Result<EnvelopeWriter> EnvelopeWriter::start(
    const Sealing& sealing, std::string_view extension, EnvelopeSink sink
) {
    const std::string extension_field = wire::encode_base64(platform::as_bytes(extension));
    if (extension_field.empty() || extension_field.size() > layout::max_extension_bytes) {
        return fail({
            .code = Errc::usage,
            .what = "this extension does not go into an envelope",
            .where = std::string(extension),
            .expected = "1 to 48 bytes, e.g. zip or xps",
            .actual = std::to_string(extension.size()) + " bytes",
        });
    }
    SecretBytes key(layout::aes_key_bytes);
    sealing.random.fill(key.writable());
    std::array<std::byte, layout::iv_bytes> iv{};
    sealing.random.fill(iv);
    const auto wrapped = wrap_key(sealing.recipient, key);
    if (!wrapped) return fail(wrapped.error());

    ByteBuffer header;
    append_length(header, wrapped->size());
    append_length(header, iv.size());
    append_length(header, extension_field.size());
    platform::append(header, *wrapped);
    platform::append(header, iv);
    platform::append(header, platform::as_bytes(extension_field));
    if (auto written = sink(header); !written) return fail(written.error());

    Openssl<EVP_CIPHER_CTX> cipher(EVP_CIPHER_CTX_new());
    const EVP_CIPHER* const algorithm = sealing.algorithms.aes_256_cbc.get();
    // OpenSSL pads as PKCS#7 unless told otherwise.
    SFM_ASSERT(
        cipher &&
        EVP_EncryptInit_ex2(cipher.get(), algorithm, input_of(key.view()), input_of(iv), nullptr) ==
            1
    );
    return EnvelopeWriter(std::move(cipher), std::move(sink), header.size());
}

Result<void> EnvelopeWriter::put(Bytes bytes) {
    if (bytes.empty()) return {};
    bytes_written_ += bytes.size();
    return sink_(bytes);
}

Result<void> EnvelopeWriter::write(Bytes plaintext) {
    // One block more than goes in: a block held back before may come out as well.
    ciphertext_.resize(piece_bytes + layout::block_bytes);
    while (!plaintext.empty()) {
        const Bytes piece = plaintext.first(std::min(plaintext.size(), piece_bytes));
        int count = 0;
        SFM_ASSERT(
            EVP_EncryptUpdate(
                cipher_.get(),
                output_of(ciphertext_),
                &count,
                input_of(piece),
                static_cast<int>(piece.size())
            ) == 1
        );
        auto written = put(Bytes(ciphertext_).first(static_cast<std::size_t>(count)));
        if (!written) return written;
        plaintext = plaintext.subspan(piece.size());
    }
    return {};
}

Result<std::uint64_t> EnvelopeWriter::finish() {
    ciphertext_.resize(layout::block_bytes);
    int count = 0;
    SFM_ASSERT(EVP_EncryptFinal_ex(cipher_.get(), output_of(ciphertext_), &count) == 1);
    auto written = put(Bytes(ciphertext_).first(static_cast<std::size_t>(count)));
    if (!written) return fail(written.error());
    return bytes_written_;
}

}  // namespace sfmkit::client
