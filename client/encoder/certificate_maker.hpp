#pragma once

#include "platform/bytes.hpp"
#include "platform/openssl.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace sfmkit::client {

/// One X.509 extension in the words of OpenSSL's x509v3_config(5).
struct CertificateExtension {
    int nid = 0;  ///< e.g. NID_key_usage
    std::string value;
};

/// What a certificate says.
struct CertificateContent {
    std::string common_name;
    platform::ByteBuffer serial;  ///< big-endian, positive
    std::chrono::sys_seconds not_before;
    std::chrono::sys_seconds not_after;
    std::vector<CertificateExtension> extensions;
};

/// A key pair with its certificate.
struct CertifiedKey {
    platform::Openssl<EVP_PKEY> key;
    platform::Openssl<X509> certificate;
};

/// Makes a certificate for the public part of key, signed with SHA-256 by the issuer, or by the
/// key itself without one. Key identifiers are added.
/// Errc::internal when OpenSSL refuses, e.g. an extension that it cannot read.
platform::Result<platform::Openssl<X509>> make_certificate(
    const CertificateContent& content, EVP_PKEY& key, const CertifiedKey* issuer
);

}  // namespace sfmkit::client
