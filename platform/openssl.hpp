#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"

#include <openssl/types.h>

#include <array>
#include <memory>
#include <string>

// Types that openssl/types.h leaves to heavier headers.
struct ECDSA_SIG_st;
struct PKCS12_st;
struct X509_extension_st;
struct stack_st_X509;

namespace sfmkit::platform {

/// Frees an OpenSSL object; the only place where the `_free` functions are named.
struct OpensslDeleter {
    void operator()(EVP_MD* p) const noexcept;
    void operator()(EVP_MD_CTX* p) const noexcept;
    void operator()(EVP_CIPHER* p) const noexcept;
    void operator()(EVP_CIPHER_CTX* p) const noexcept;
    void operator()(EVP_PKEY* p) const noexcept;
    void operator()(EVP_PKEY_CTX* p) const noexcept;
    void operator()(X509* p) const noexcept;
    void operator()(BIO* p) const noexcept;
    void operator()(BIGNUM* p) const noexcept;
    void operator()(BN_CTX* p) const noexcept;
    void operator()(ECDSA_SIG_st* p) const noexcept;
    void operator()(OSSL_PARAM* p) const noexcept;
    void operator()(OSSL_PARAM_BLD* p) const noexcept;
    void operator()(PKCS12_st* p) const noexcept;
    void operator()(X509_extension_st* p) const noexcept;
    void operator()(stack_st_X509* p) const noexcept;
};

template <class T>
using Openssl = std::unique_ptr<T, OpensslDeleter>;

/// Bytes that are wiped when they go: AES keys, pass phrases. Not copyable.
class SecretBytes {
  public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size) : bytes_(size) {}
    explicit SecretBytes(ByteBuffer bytes) : bytes_(std::move(bytes)) {}
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept = default;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    ~SecretBytes();

    Bytes view() const noexcept { return bytes_; }
    MutableBytes writable() noexcept { return bytes_; }
    /// Keeps the first bytes and wipes the rest.
    void shrink(std::size_t size) noexcept;

  private:
    void wipe() noexcept;

    ByteBuffer bytes_;
};

/// Algorithms fetched once at start and passed down: fetching per use costs more than a small hash.
struct CryptoAlgorithms {
    Openssl<EVP_MD> md5;  ///< for checksums that ask for it, never for security
    Openssl<EVP_MD> sha1;
    Openssl<EVP_MD> sha256;
    Openssl<EVP_MD> sha512;
    Openssl<EVP_CIPHER> aes_256_cbc;

    /// Throws std::runtime_error when the installed OpenSSL lacks one: the program cannot start
    /// then.
    static CryptoAlgorithms fetch();
};

/// A running digest. The algorithm must outlive it.
class Digest {
  public:
    explicit Digest(const EVP_MD& algorithm);
    void update(Bytes bytes);
    /// The digest of all updates; starts anew afterwards.
    ByteBuffer finish();

  private:
    const EVP_MD* algorithm_;
    Openssl<EVP_MD_CTX> context_;
};

ByteBuffer digest_of(const EVP_MD& algorithm, Bytes bytes);

/// All messages that OpenSSL queued on this thread, joined; the queue is empty afterwards.
/// Call ERR_clear_error before an operation whose failure you will report.
std::string drain_openssl_errors();

}  // namespace sfmkit::platform
