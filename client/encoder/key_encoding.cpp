#include "client/encoder/key_encoding.hpp"

#include "platform/assert.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <string_view>

namespace sfmkit::client {
namespace {

using platform::Openssl;
using platform::SecretBytes;

/// What an OpenSSL writer put out. Its buffer is in secure memory and wiped too.
template <class Write>
SecretBytes written_by(Write write) {
    const Openssl<BIO> target(BIO_new(BIO_s_secmem()));
    SFM_ASSERT(target != nullptr && write(target.get()) == 1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(target.get(), &data);
    const std::string_view content(data, static_cast<std::size_t>(size));
    return SecretBytes(platform::to_buffer(content));
}

}  // namespace

SecretBytes private_key_pem(const EVP_PKEY& key) {
    return written_by([&key](BIO* target) {
        return PEM_write_bio_PKCS8PrivateKey(target, &key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

SecretBytes certificate_pem(const X509& certificate) {
    return written_by([&certificate](BIO* target) {
        return PEM_write_bio_X509(target, &certificate);
    });
}

SecretBytes certificate_der(const X509& certificate) {
    return written_by([&certificate](BIO* target) { return i2d_X509_bio(target, &certificate); });
}

SecretBytes pkcs12(const CertifiedKey& owner, X509& authority, const std::string& password) {
    const Openssl<STACK_OF(X509)> chain(sk_X509_new_null());
    SFM_ASSERT(chain != nullptr && X509_up_ref(&authority) == 1);
    SFM_ASSERT(sk_X509_push(chain.get(), &authority) == 1);
    // Zeros stand for OpenSSL's defaults: AES-256 and SHA-256.
    const Openssl<PKCS12> archive(PKCS12_create(
        password.c_str(),
        "sfmkit test recipient",
        owner.key.get(),
        owner.certificate.get(),
        chain.get(),
        0,
        0,
        0,
        0,
        0
    ));
    SFM_ASSERT(archive != nullptr);
    return written_by([&archive](BIO* target) { return i2d_PKCS12_bio(target, archive.get()); });
}

}  // namespace sfmkit::client
