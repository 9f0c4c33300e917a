#include "verifier/key_unwrap.hpp"

#include "platform/assert.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <optional>

namespace sfmkit::verifier {
namespace {

/// A row of the ladder; null digests mean PKCS#1 v1.5.
struct Padding {
    KeyWrap wrap;
    platform::Openssl<EVP_MD> platform::CryptoAlgorithms::* oaep;
    platform::Openssl<EVP_MD> platform::CryptoAlgorithms::* mgf1;
};

using platform::CryptoAlgorithms;

// Java's OAEPWithSHA-512AndMGF1Padding and its kin use MGF1 with SHA-1 unless told otherwise;
// PKCS#1 v1.5 is what the Microsoft walkthrough does to which the NHN page refers.
constexpr std::array<Padding, 6> ladder = {{
    {KeyWrap::oaep_sha512, &CryptoAlgorithms::sha512, &CryptoAlgorithms::sha512},
    {KeyWrap::oaep_sha512_mgf1_sha1, &CryptoAlgorithms::sha512, &CryptoAlgorithms::sha1},
    {KeyWrap::oaep_sha256, &CryptoAlgorithms::sha256, &CryptoAlgorithms::sha256},
    {KeyWrap::oaep_sha256_mgf1_sha1, &CryptoAlgorithms::sha256, &CryptoAlgorithms::sha1},
    {KeyWrap::oaep_sha1, &CryptoAlgorithms::sha1, &CryptoAlgorithms::sha1},
    {KeyWrap::pkcs1_v15, nullptr, nullptr},
}};

bool set_padding(
    EVP_PKEY_CTX* context, const Padding& padding, const CryptoAlgorithms& algorithms
) {
    if (padding.oaep == nullptr) {
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    }
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_oaep_md(context, (algorithms.*padding.oaep).get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, (algorithms.*padding.mgf1).get()) == 1;
}

std::optional<platform::SecretBytes> unwrap_with(
    const platform::PrivateKey& key,
    platform::Bytes wrapped,
    const Padding& padding,
    const CryptoAlgorithms& algorithms
) {
    const platform::Openssl<EVP_PKEY_CTX> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr)
    );
    SFM_ASSERT(context != nullptr);
    if (EVP_PKEY_decrypt_init(context.get()) != 1) return std::nullopt;
    if (!set_padding(context.get(), padding, algorithms)) return std::nullopt;
    platform::SecretBytes plain(key.modulus_bytes());
    std::size_t length = plain.view().size();
    const int done = EVP_PKEY_decrypt(
        context.get(),
        reinterpret_cast<unsigned char*>(plain.writable().data()),
        &length,
        reinterpret_cast<const unsigned char*>(wrapped.data()),
        wrapped.size()
    );
    if (done != 1) return std::nullopt;
    plain.shrink(length);
    return plain;
}

}  // namespace

std::string_view name_of(KeyWrap wrap) noexcept {
    switch (wrap) {
        case KeyWrap::oaep_sha512:
            return "OAEP SHA-512 with MGF1 SHA-512";
        case KeyWrap::oaep_sha512_mgf1_sha1:
            return "OAEP SHA-512 with MGF1 SHA-1";
        case KeyWrap::oaep_sha256:
            return "OAEP SHA-256";
        case KeyWrap::oaep_sha256_mgf1_sha1:
            return "OAEP SHA-256 with MGF1 SHA-1";
        case KeyWrap::oaep_sha1:
            return "OAEP SHA-1";
        case KeyWrap::pkcs1_v15:
            return "PKCS#1 v1.5";
    }
    return "unknown";
}

platform::Result<UnwrappedKey> unwrap_key(
    const platform::PrivateKey& key,
    platform::Bytes wrapped,
    const platform::CryptoAlgorithms& algorithms,
    const KeyCheck& makes_sense
) {
    ERR_clear_error();
    for (const Padding& padding : ladder) {
        auto plain = unwrap_with(key, wrapped, padding, algorithms);
        if (!plain) continue;
        if (padding.wrap == KeyWrap::pkcs1_v15 && !makes_sense(plain->view())) continue;
        ERR_clear_error();
        return UnwrappedKey{.wrap = padding.wrap, .key = std::move(*plain)};
    }
    // The failed rungs left entries that would poison the next TLS call on this thread.
    ERR_clear_error();
    return platform::fail({
        .code = platform::Errc::wrong_key,
        .what = "the private key does not fit the file",
        .expected = "an AES key wrapped with RSA-OAEP SHA-512 for this key's certificate",
        .actual = "bytes that unwrap with no known padding",
        .next = "use the private key of the certificate that the file was sealed for",
    });
}

}  // namespace sfmkit::verifier
