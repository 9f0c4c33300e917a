#include "client/encoder/certificate_maker.hpp"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <string_view>

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::fail;
using platform::Openssl;
using platform::Result;

bool set_serial(X509* certificate, platform::Bytes serial) {
    const Openssl<BIGNUM> number(BN_bin2bn(
        reinterpret_cast<const unsigned char*>(serial.data()),
        static_cast<int>(serial.size()),
        nullptr
    ));
    return number != nullptr &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_time(ASN1_TIME* target, std::chrono::sys_seconds time) {
    return ASN1_TIME_set(target, std::chrono::system_clock::to_time_t(time)) != nullptr;
}

bool set_name(X509_NAME* name, std::string_view common_name) {
    const auto add = [name](const char* field, std::string_view text) {
        return X509_NAME_add_entry_by_txt(
                   name,
                   field,
                   MBSTRING_UTF8,
                   reinterpret_cast<const unsigned char*>(text.data()),
                   static_cast<int>(text.size()),
                   -1,
                   0
               ) == 1;
    };
    return add("O", "sfmkit (for tests only)") && add("CN", common_name);
}

bool add_extension(X509* certificate, const X509* issuer, const CertificateExtension& extension) {
    X509V3_CTX context;
    // OpenSSL's signature lacks const; issuer and subject are only read.
    X509V3_set_ctx(
        &context, const_cast<X509*>(issuer), certificate, nullptr, nullptr, X509V3_CTX_REPLACE
    );
    const Openssl<X509_EXTENSION> made(
        X509V3_EXT_conf_nid(nullptr, &context, extension.nid, extension.value.c_str())
    );
    return made != nullptr && X509_add_ext(certificate, made.get(), -1) == 1;
}

bool fill(
    X509* certificate, const CertificateContent& content, EVP_PKEY& key, const CertifiedKey* issuer
) {
    if (X509_set_version(certificate, X509_VERSION_3) != 1 ||
        !set_serial(certificate, content.serial) ||
        !set_time(X509_getm_notBefore(certificate), content.not_before) ||
        !set_time(X509_getm_notAfter(certificate), content.not_after) ||
        !set_name(X509_get_subject_name(certificate), content.common_name) ||
        X509_set_pubkey(certificate, &key) != 1) {
        return false;
    }
    const X509* const signer = issuer == nullptr ? certificate : issuer->certificate.get();
    if (X509_set_issuer_name(certificate, X509_get_subject_name(signer)) != 1) return false;
    if (!add_extension(certificate, signer, {NID_subject_key_identifier, "hash"})) return false;
    const CertificateExtension authority{NID_authority_key_identifier, "keyid"};
    if (issuer != nullptr && !add_extension(certificate, signer, authority)) return false;
    for (const CertificateExtension& extension : content.extensions) {
        if (!add_extension(certificate, signer, extension)) return false;
    }
    EVP_PKEY* const signing_key = issuer == nullptr ? &key : issuer->key.get();
    return X509_sign(certificate, signing_key, EVP_sha256()) > 0;
}

}  // namespace

Result<Openssl<X509>> make_certificate(
    const CertificateContent& content, EVP_PKEY& key, const CertifiedKey* issuer
) {
    ERR_clear_error();
    Openssl<X509> certificate(X509_new());
    if (certificate == nullptr || !fill(certificate.get(), content, key, issuer)) {
        return fail({
            .code = Errc::internal,
            .what = "OpenSSL could not make the certificate",
            .where = content.common_name,
            .actual = platform::drain_openssl_errors(),
        });
    }
    return certificate;
}

}  // namespace sfmkit::client
