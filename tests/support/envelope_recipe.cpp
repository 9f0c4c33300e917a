#include "tests/support/envelope_recipe.hpp"

#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <stdexcept>

namespace sfmkit::test {
namespace {

const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(what);
}

void append_number(std::string& target, std::uint32_t value, bool big_endian) {
    for (unsigned i = 0; i < 4; ++i) {
        const unsigned shift = 8 * (big_endian ? 3 - i : i);
        target += static_cast<char>((value >> shift) & 0xFFU);
    }
}

struct WrapDigests {
    const EVP_MD* oaep = nullptr;
    const EVP_MD* mgf1 = nullptr;
};

WrapDigests digests_of(TestWrap wrap) {
    switch (wrap) {
        case TestWrap::oaep_sha512:
            return {EVP_sha512(), EVP_sha512()};
        case TestWrap::oaep_sha512_mgf1_sha1:
            return {EVP_sha512(), EVP_sha1()};
        case TestWrap::oaep_sha256:
            return {EVP_sha256(), EVP_sha256()};
        case TestWrap::oaep_sha1:
            return {EVP_sha1(), EVP_sha1()};
        case TestWrap::pkcs1_v15:
            break;
    }
    return {};
}

std::string wrap_key(const EnvelopeRecipe& recipe, EVP_PKEY* recipient) {
    const std::string& content =
        recipe.wrapped_content.empty() ? recipe.aes_key : recipe.wrapped_content;
    const platform::Openssl<EVP_PKEY_CTX> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, recipient, nullptr)
    );
    require(EVP_PKEY_encrypt_init(context.get()) == 1, "EVP_PKEY_encrypt_init");
    const WrapDigests digests = digests_of(recipe.wrap);
    if (digests.oaep == nullptr) {
        require(
            EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1, "PKCS#1 padding"
        );
    } else {
        require(
            EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) == 1 &&
                EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), digests.oaep) == 1 &&
                EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), digests.mgf1) == 1,
            "OAEP padding"
        );
    }
    std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(recipient));
    std::string wrapped(length, '\0');
    require(
        EVP_PKEY_encrypt(
            context.get(), bytes_of(wrapped), &length, bytes_of(content), content.size()
        ) == 1,
        "EVP_PKEY_encrypt"
    );
    wrapped.resize(length);
    return wrapped;
}

std::string encrypt(const EnvelopeRecipe& recipe) {
    const platform::Openssl<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
    // A header may claim another IV length; AES itself takes 16 bytes.
    std::string iv = recipe.iv;
    iv.resize(16);
    require(
        EVP_EncryptInit_ex2(
            context.get(), EVP_aes_256_cbc(), bytes_of(recipe.aes_key), bytes_of(iv), nullptr
        ) == 1,
        "EVP_EncryptInit_ex2"
    );
    EVP_CIPHER_CTX_set_padding(context.get(), recipe.padded ? 1 : 0);
    std::string cipher(recipe.plaintext.size() + 16, '\0');
    int first = 0;
    int last = 0;
    require(
        EVP_EncryptUpdate(
            context.get(),
            bytes_of(cipher),
            &first,
            bytes_of(recipe.plaintext),
            static_cast<int>(recipe.plaintext.size())
        ) == 1 &&
            EVP_EncryptFinal_ex(context.get(), bytes_of(cipher) + first, &last) == 1,
        "EVP_EncryptUpdate"
    );
    cipher.resize(static_cast<std::size_t>(first + last));
    return cipher;
}

}  // namespace

std::string make_envelope(const EnvelopeRecipe& recipe, const platform::PrivateKey& recipient) {
    const std::string wrapped = wrap_key(recipe, recipient.get());
    const auto length = [](const std::optional<std::uint32_t>& claimed, const std::string& field) {
        return claimed.value_or(static_cast<std::uint32_t>(field.size()));
    };
    std::string file;
    append_number(file, length(recipe.key_length, wrapped), recipe.big_endian);
    append_number(file, length(recipe.iv_length, recipe.iv), recipe.big_endian);
    if (recipe.with_extension) {
        append_number(
            file, length(recipe.extension_length, recipe.extension_field), recipe.big_endian
        );
    }
    file += wrapped + recipe.iv;
    if (recipe.with_extension) file += recipe.extension_field;
    return file + encrypt(recipe);
}

platform::PrivateKey make_rsa_key(unsigned bits) {
    EVP_PKEY* const key = EVP_RSA_gen(bits);
    require(key != nullptr, "EVP_RSA_gen");
    return platform::PrivateKey(platform::Openssl<EVP_PKEY>(key));
}

}  // namespace sfmkit::test
