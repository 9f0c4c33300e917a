#include "platform/keys.hpp"

#include "platform/assert.hpp"

#include <openssl/bio.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <utility>

namespace sfmkit::platform {
namespace {

Openssl<BIO> reader_of(Bytes content) {
    Openssl<BIO> reader(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    SFM_ASSERT(reader != nullptr);
    return reader;
}

std::size_t modulus_bytes_of(const EVP_PKEY* key) {
    return static_cast<std::size_t>(EVP_PKEY_get_size(key));
}

std::unexpected<Error> unusable(
    const std::string& name, std::string what, std::string expected, std::string actual
) {
    return fail({
        .code = Errc::unusable_key,
        .what = std::move(what),
        .where = name,
        .expected = std::move(expected),
        .actual = std::move(actual),
    });
}

/// Asks the source at most once and remembers that a pass phrase was wanted.
struct PassPhraseRequest {
    const PassPhraseSource& source;
    std::optional<SecretBytes> given;
    bool asked = false;

    const std::optional<SecretBytes>& get() {
        if (!asked && source) given = source();
        asked = true;
        return given;
    }
};

int give_pass_phrase(char* target, int size, int /*writing*/, void* request) {
    const auto& given = static_cast<PassPhraseRequest*>(request)->get();
    if (!given || size < 0) return -1;
    const Bytes text = given->view();
    if (text.size() > static_cast<std::size_t>(size)) return -1;
    std::ranges::copy(as_text(text), target);
    return static_cast<int>(text.size());
}

Openssl<EVP_PKEY> from_pkcs12(Bytes content, PassPhraseRequest& request, bool& is_pkcs12) {
    const Openssl<BIO> reader = reader_of(content);
    const std::unique_ptr<PKCS12, decltype(&PKCS12_free)> archive(
        d2i_PKCS12_bio(reader.get(), nullptr), &PKCS12_free
    );
    if (!archive) return {};
    is_pkcs12 = true;
    const auto open = [&archive](const char* pass_phrase) {
        EVP_PKEY* key = nullptr;
        X509* certificate = nullptr;
        PKCS12_parse(archive.get(), pass_phrase, &key, &certificate, nullptr);
        X509_free(certificate);
        return Openssl<EVP_PKEY>(key);
    };
    if (PKCS12_verify_mac(archive.get(), nullptr, 0) == 1) return open(nullptr);
    if (PKCS12_verify_mac(archive.get(), "", 0) == 1) return open("");
    const auto& given = request.get();
    if (!given) return {};
    std::string text(as_text(given->view()));
    auto key = open(text.c_str());
    OPENSSL_cleanse(text.data(), text.size());
    return key;
}

Openssl<EVP_PKEY> from_pem_or_der(Bytes content, PassPhraseRequest& request) {
    // A public key is decoded too, so that the message can say what the file is.
    constexpr int any_part = 0;
    EVP_PKEY* key = nullptr;
    const std::unique_ptr<OSSL_DECODER_CTX, decltype(&OSSL_DECODER_CTX_free)> decoder(
        OSSL_DECODER_CTX_new_for_pkey(&key, nullptr, nullptr, nullptr, any_part, nullptr, nullptr),
        &OSSL_DECODER_CTX_free
    );
    SFM_ASSERT(decoder != nullptr);
    OSSL_DECODER_CTX_set_pem_password_cb(decoder.get(), give_pass_phrase, &request);
    const Openssl<BIO> reader = reader_of(content);
    if (OSSL_DECODER_from_bio(decoder.get(), reader.get()) != 1) return {};
    return Openssl<EVP_PKEY>(key);
}

bool has_private_part(const EVP_PKEY* key) {
    const char* const name = EVP_PKEY_is_a(key, "EC") == 1 ? "priv" : "d";
    BIGNUM* number = nullptr;
    const bool found = EVP_PKEY_get_bn_param(key, name, &number) == 1;
    BN_clear_free(number);
    return found;
}

bool is_readable_time(const ASN1_TIME* time) {
    std::tm parts{};
    return ASN1_TIME_to_tm(time, &parts) == 1;
}

std::chrono::sys_seconds time_of(const ASN1_TIME* time) {
    std::tm parts{};
    SFM_ASSERT(ASN1_TIME_to_tm(time, &parts) == 1);
    const auto day = std::chrono::year(parts.tm_year + 1900) /
                     std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)) /
                     std::chrono::day(static_cast<unsigned>(parts.tm_mday));
    return std::chrono::sys_days(day) + std::chrono::hours(parts.tm_hour) +
           std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

}  // namespace

std::size_t PrivateKey::modulus_bytes() const {
    return modulus_bytes_of(key_.get());
}

PrivateKey PrivateKey::duplicate() const {
    Openssl<EVP_PKEY> copy(EVP_PKEY_dup(key_.get()));
    SFM_ASSERT(copy != nullptr);
    return PrivateKey(std::move(copy));
}

Certificate::Certificate(Openssl<X509> certificate)
    : certificate_(std::move(certificate)), public_key_(X509_get_pubkey(certificate_.get())) {
    SFM_ASSERT(public_key_ != nullptr);
}

std::size_t Certificate::modulus_bytes() const {
    return modulus_bytes_of(public_key_.get());
}

std::string Certificate::subject() const {
    const Openssl<BIO> writer(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(
        writer.get(),
        X509_get_subject_name(certificate_.get()),
        0,
        XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB
    );
    char* data = nullptr;
    const long size = BIO_get_mem_data(writer.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::chrono::sys_seconds Certificate::not_before() const {
    return time_of(X509_get0_notBefore(certificate_.get()));
}

std::chrono::sys_seconds Certificate::not_after() const {
    return time_of(X509_get0_notAfter(certificate_.get()));
}

namespace {

/// Of any kind, perhaps without its private part.
Result<Openssl<EVP_PKEY>> read_key(
    Bytes content,
    const std::string& name,
    const PassPhraseSource& pass_phrase,
    const char* expected
) {
    if (content.empty()) return unusable(name, "the key file is empty", expected, "0 bytes");
    ERR_clear_error();
    PassPhraseRequest request{.source = pass_phrase, .given = {}};
    bool is_pkcs12 = false;
    Openssl<EVP_PKEY> key = from_pkcs12(content, request, is_pkcs12);
    if (!key && !is_pkcs12) key = from_pem_or_der(content, request);
    const std::string reason = drain_openssl_errors();
    if (!key && request.asked) {
        return unusable(
            name,
            "cannot open the private key",
            "the pass phrase that protects it",
            request.given ? "the pass phrase given does not open it" : "no pass phrase was given"
        );
    }
    if (!key && is_pkcs12) {
        return unusable(name, "the PKCS#12 file holds no private key", expected, reason);
    }
    if (!key && as_text(content).find("BEGIN CERTIFICATE") != std::string_view::npos) {
        return unusable(
            name, "this is a certificate, not a private key", expected, "a certificate"
        );
    }
    if (!key) return unusable(name, "cannot read the private key", expected, "no key in that form");
    return key;
}

std::unexpected<Error> without_private_part(const std::string& name, const char* expected) {
    return unusable(name, "this key has no private part", expected, "a public key");
}

}  // namespace

Result<PrivateKey> parse_private_key(
    Bytes content, const std::string& name, const PassPhraseSource& pass_phrase
) {
    constexpr const char* expected = "an RSA private key as PEM, DER or PKCS#12";
    auto read = read_key(content, name, pass_phrase, expected);
    if (!read) return std::unexpected(std::move(read.error()));
    Openssl<EVP_PKEY> key = std::move(*read);
    if (EVP_PKEY_is_a(key.get(), "RSA") != 1) {
        return unusable(
            name, "the private key is not RSA", expected, EVP_PKEY_get0_type_name(key.get())
        );
    }
    if (!has_private_part(key.get())) return without_private_part(name, expected);
    return PrivateKey(std::move(key));
}

Result<Openssl<EVP_PKEY>> parse_signing_key(Bytes content, const std::string& name) {
    constexpr const char* expected = "an RSA or EC private key as PEM or DER";
    auto key = read_key(content, name, [] { return std::nullopt; }, expected);
    if (key && !has_private_part(key->get())) return without_private_part(name, expected);
    return key;
}

Result<Certificate> parse_certificate(Bytes content, const std::string& name) {
    constexpr const char* expected = "an X.509 certificate with an RSA key, as PEM or DER";
    if (content.empty())
        return unusable(name, "the certificate file is empty", expected, "0 bytes");
    ERR_clear_error();
    Openssl<X509> certificate(PEM_read_bio_X509(reader_of(content).get(), nullptr, nullptr, nullptr)
    );
    if (!certificate) certificate.reset(d2i_X509_bio(reader_of(content).get(), nullptr));
    drain_openssl_errors();
    if (!certificate) {
        return unusable(
            name, "cannot read the certificate", expected, "no certificate in that form"
        );
    }
    const EVP_PKEY* const key = X509_get0_pubkey(certificate.get());
    if (key == nullptr || EVP_PKEY_is_a(key, "RSA") != 1) {
        return unusable(
            name,
            "the key of the certificate is not RSA",
            expected,
            key == nullptr ? "a key of an unknown kind" : EVP_PKEY_get0_type_name(key)
        );
    }
    // Whoever asks for a time of validity later gets one.
    if (!is_readable_time(X509_get0_notBefore(certificate.get())) ||
        !is_readable_time(X509_get0_notAfter(certificate.get()))) {
        drain_openssl_errors();
        return unusable(
            name,
            "the certificate has no readable time of validity",
            expected,
            "a time that is no date"
        );
    }
    return Certificate(std::move(certificate));
}

}  // namespace sfmkit::platform
