#include "platform/openssl.hpp"

#include "platform/assert.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <stdexcept>
#include <utility>

namespace sfmkit::platform {

void OpensslDeleter::operator()(EVP_MD* p) const noexcept {
    EVP_MD_free(p);
}
void OpensslDeleter::operator()(EVP_MD_CTX* p) const noexcept {
    EVP_MD_CTX_free(p);
}
void OpensslDeleter::operator()(EVP_CIPHER* p) const noexcept {
    EVP_CIPHER_free(p);
}
void OpensslDeleter::operator()(EVP_CIPHER_CTX* p) const noexcept {
    EVP_CIPHER_CTX_free(p);
}
void OpensslDeleter::operator()(EVP_PKEY* p) const noexcept {
    EVP_PKEY_free(p);
}
void OpensslDeleter::operator()(EVP_PKEY_CTX* p) const noexcept {
    EVP_PKEY_CTX_free(p);
}
void OpensslDeleter::operator()(X509* p) const noexcept {
    X509_free(p);
}
void OpensslDeleter::operator()(BIO* p) const noexcept {
    BIO_free_all(p);
}
void OpensslDeleter::operator()(BIGNUM* p) const noexcept {
    BN_clear_free(p);
}
void OpensslDeleter::operator()(BN_CTX* p) const noexcept {
    BN_CTX_free(p);
}
void OpensslDeleter::operator()(ECDSA_SIG* p) const noexcept {
    ECDSA_SIG_free(p);
}
void OpensslDeleter::operator()(OSSL_PARAM* p) const noexcept {
    OSSL_PARAM_free(p);
}
void OpensslDeleter::operator()(OSSL_PARAM_BLD* p) const noexcept {
    OSSL_PARAM_BLD_free(p);
}
void OpensslDeleter::operator()(PKCS12* p) const noexcept {
    PKCS12_free(p);
}
void OpensslDeleter::operator()(X509_EXTENSION* p) const noexcept {
    X509_EXTENSION_free(p);
}
void OpensslDeleter::operator()(stack_st_X509* p) const noexcept {
    sk_X509_pop_free(p, X509_free);
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        bytes_ = std::move(other.bytes_);
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    wipe();
}

void SecretBytes::shrink(std::size_t size) noexcept {
    if (size >= bytes_.size()) return;
    OPENSSL_cleanse(bytes_.data() + size, bytes_.size() - size);
    bytes_.resize(size);
}

void SecretBytes::wipe() noexcept {
    if (!bytes_.empty()) OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

CryptoAlgorithms CryptoAlgorithms::fetch() {
    CryptoAlgorithms algorithms{
        .md5 = Openssl<EVP_MD>(EVP_MD_fetch(nullptr, "MD5", nullptr)),
        .sha1 = Openssl<EVP_MD>(EVP_MD_fetch(nullptr, "SHA1", nullptr)),
        .sha256 = Openssl<EVP_MD>(EVP_MD_fetch(nullptr, "SHA256", nullptr)),
        .sha512 = Openssl<EVP_MD>(EVP_MD_fetch(nullptr, "SHA512", nullptr)),
        .aes_256_cbc = Openssl<EVP_CIPHER>(EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr)),
    };
    const bool digests =
        algorithms.md5 && algorithms.sha1 && algorithms.sha256 && algorithms.sha512;
    if (!digests || !algorithms.aes_256_cbc) {
        throw std::runtime_error("OpenSSL lacks an algorithm: " + drain_openssl_errors());
    }
    return algorithms;
}

Digest::Digest(const EVP_MD& algorithm) : algorithm_(&algorithm), context_(EVP_MD_CTX_new()) {
    SFM_ASSERT(context_ && EVP_DigestInit_ex2(context_.get(), algorithm_, nullptr) == 1);
}

void Digest::update(Bytes bytes) {
    SFM_ASSERT(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

ByteBuffer Digest::finish() {
    ByteBuffer value(static_cast<std::size_t>(EVP_MD_get_size(algorithm_)));
    auto* const target = reinterpret_cast<unsigned char*>(value.data());
    SFM_ASSERT(EVP_DigestFinal_ex(context_.get(), target, nullptr) == 1);
    SFM_ASSERT(EVP_DigestInit_ex2(context_.get(), algorithm_, nullptr) == 1);
    return value;
}

ByteBuffer digest_of(const EVP_MD& algorithm, Bytes bytes) {
    Digest digest(algorithm);
    digest.update(bytes);
    return digest.finish();
}

std::string drain_openssl_errors() {
    std::string text;
    while (const unsigned long code = ERR_get_error()) {
        const char* const reason = ERR_reason_error_string(code);
        if (!text.empty()) text += "; ";
        text += reason != nullptr ? reason : "unknown OpenSSL error";
    }
    return text;
}

}  // namespace sfmkit::platform
