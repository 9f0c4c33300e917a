#include "tests/verifier/self_signed.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace sfmkit::test {

platform::Certificate self_signed(const platform::PrivateKey& key, platform::WallTime day) {
    platform::Openssl<X509> certificate(X509_new());
    const std::time_t time = std::chrono::system_clock::to_time_t(day);
    constexpr std::time_t seconds_of_day = 86400;
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), time - seconds_of_day);
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), time + seconds_of_day);
    X509_set_pubkey(certificate.get(), key.get());
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> usage(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_key_usage, "keyEncipherment"),
        &X509_EXTENSION_free
    );
    X509_add_ext(certificate.get(), usage.get(), -1);
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
        throw std::runtime_error("X509_sign");
    }
    return platform::Certificate(std::move(certificate));
}

}  // namespace sfmkit::test
