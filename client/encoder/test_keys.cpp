#include "client/encoder/test_keys.hpp"

#include "client/encoder/certificate_maker.hpp"
#include "client/encoder/jwk_set.hpp"
#include "client/encoder/key_encoding.hpp"
#include "platform/assert.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <utility>

namespace sfmkit::client {
namespace {

using platform::Access;
using platform::Errc;
using platform::fail;
using platform::Openssl;
using platform::Random;
using platform::Result;
using platform::SecretBytes;

constexpr std::array key_sizes = {2048U, 3072U, 4096U};
constexpr auto validity = std::chrono::days(730);
constexpr std::size_t serial_bytes = 16;
constexpr std::size_t password_letters = 20;
/// Without letters that look alike in print.
constexpr std::string_view password_alphabet =
    "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// What the authority may vouch for: names that never leave a test machine.
constexpr std::string_view constrained_to =
    "critical,permitted;DNS:localhost,permitted;DNS:.localhost,permitted;DNS:.test,"
    "permitted;IP:127.0.0.0/255.0.0.0,"
    "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

Openssl<EVP_PKEY> new_ec_key() {
    Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    SFM_ASSERT(key != nullptr);
    return key;
}

bool is_address(const std::string& host) {
    const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> address(
        a2i_IPADDRESS(host.c_str()), &ASN1_OCTET_STRING_free
    );
    ERR_clear_error();
    return address != nullptr;
}

/// Letters, digits, hyphens and dots: nothing that means something to OpenSSL's extension syntax.
bool is_host_name(std::string_view host) {
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
    return !host.empty() && host.size() <= 253 && !host.starts_with('.') &&
           host.find_first_not_of(allowed) == std::string_view::npos;
}

/// The two extensions that name the server: what it is called, and what its authority may call it.
struct ServerNames {
    std::string alternative = "DNS:localhost,IP:127.0.0.1,IP:::1";
    std::string constraints{constrained_to};
};

Result<ServerNames> names_of_server(const std::vector<std::string>& hosts) {
    ServerNames names;
    for (const std::string& host : hosts) {
        if (is_address(host)) {
            const bool is_v4 = host.find(':') == std::string::npos;
            names.alternative += fmt::format(",IP:{}", host);
            names.constraints += fmt::format(
                ",permitted;IP:{}/{}",
                host,
                is_v4 ? "255.255.255.255" : "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
            );
        } else if (is_host_name(host)) {
            names.alternative += fmt::format(",DNS:{}", host);
            names.constraints += fmt::format(",permitted;DNS:{}", host);
        } else {
            return fail({
                .code = Errc::usage,
                .what = "this is no host name or address",
                .where = "--host",
                .expected = "letters, digits, hyphens and dots, or an IP address",
                .actual = host,
            });
        }
    }
    return names;
}

CertificateContent content_for(
    std::string common_name,
    std::vector<CertificateExtension> extensions,
    std::chrono::sys_seconds now,
    Random& random
) {
    platform::ByteBuffer serial(serial_bytes);
    random.fill(serial);
    // Positive and of full length (RFC 5280 section 4.1.2.2).
    serial.front() = (serial.front() & std::byte{0x3f}) | std::byte{0x40};
    return {
        .common_name = std::move(common_name),
        .serial = std::move(serial),
        .not_before = now - std::chrono::days(1),
        .not_after = now + validity,
        .extensions = std::move(extensions),
    };
}

Result<CertifiedKey> certify(
    Openssl<EVP_PKEY> key, const CertificateContent& content, const CertifiedKey* issuer
) {
    auto certificate = make_certificate(content, *key, issuer);
    if (!certificate) return fail(certificate.error());
    return CertifiedKey{.key = std::move(key), .certificate = std::move(*certificate)};
}

std::string new_password(Random& random) {
    std::string password;
    for (std::size_t i = 0; i < password_letters; ++i) {
        const auto letter = static_cast<std::size_t>(random.pick(password_alphabet.size()));
        password += password_alphabet[letter];
    }
    return password;
}

struct KeySet {
    CertifiedKey authority;
    CertifiedKey recipient;
    CertifiedKey server;
    Openssl<EVP_PKEY> issuer;
};

Result<KeySet> make_keys(const TestKeyOptions& options, Random& random) {
    const auto names = names_of_server(options.hosts);
    if (!names) return fail(names.error());
    const auto authority_content = content_for(
        "sfmkit test authority",
        {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
         {NID_key_usage, "critical,keyCertSign,cRLSign"},
         {NID_name_constraints, names->constraints}},
        options.now,
        random
    );
    auto authority = certify(new_ec_key(), authority_content, nullptr);
    if (!authority) return fail(authority.error());
    const auto recipient_content = content_for(
        "sfmkit test recipient",
        {{NID_basic_constraints, "critical,CA:FALSE"}, {NID_key_usage, "critical,keyEncipherment"}},
        options.now,
        random
    );
    auto recipient = certify(new_rsa_key(options.recipient_bits), recipient_content, &*authority);
    if (!recipient) return fail(recipient.error());
    const auto server_content = content_for(
        "sfmkit test server",
        {{NID_basic_constraints, "critical,CA:FALSE"},
         {NID_key_usage, "critical,digitalSignature"},
         {NID_ext_key_usage, "serverAuth"},
         {NID_subject_alt_name, names->alternative}},
        options.now,
        random
    );
    auto server = certify(new_ec_key(), server_content, &*authority);
    if (!server) return fail(server.error());
    return KeySet{
        .authority = std::move(*authority),
        .recipient = std::move(*recipient),
        .server = std::move(*server),
        .issuer = new_rsa_key(key_sizes.front()),
    };
}

}  // namespace

Openssl<EVP_PKEY> new_rsa_key(unsigned bits) {
    Openssl<EVP_PKEY> key(EVP_RSA_gen(bits));
    SFM_ASSERT(key != nullptr);
    return key;
}

Result<TestKeys> make_test_keys(
    const TestKeyOptions& options, Random& random, const platform::CryptoAlgorithms& algorithms
) {
    if (std::ranges::find(key_sizes, options.recipient_bits) == key_sizes.end()) {
        return fail({
            .code = Errc::usage,
            .what = "recipients have keys of other sizes",
            .where = "--bits",
            .expected = "2048, 3072 or 4096",
            .actual = fmt::format("{}", options.recipient_bits),
        });
    }
    const auto set = make_keys(options, random);
    if (!set) return fail(set.error());
    TestKeys keys;
    keys.pfx_password = new_password(random);
    const std::string jwks = jwk_set(*set->issuer, *algorithms.sha256);
    const auto secret = [&keys](std::string name, SecretBytes content) {
        keys.files.push_back({std::move(name), std::move(content), Access::owner_only});
    };
    const auto open = [&keys](std::string name, SecretBytes content) {
        keys.files.push_back({std::move(name), std::move(content), Access::everybody});
    };
    secret("recipient.key.pem", private_key_pem(*set->recipient.key));
    open("recipient.cert.pem", certificate_pem(*set->recipient.certificate));
    open("recipient.cer", certificate_der(*set->recipient.certificate));
    secret("recipient.pfx", pkcs12(set->recipient, *set->authority.certificate, keys.pfx_password));
    open("ca.cert.pem", certificate_pem(*set->authority.certificate));
    open("ca.crt", certificate_der(*set->authority.certificate));
    open("server.cert.pem", certificate_pem(*set->server.certificate));
    secret("server.key.pem", private_key_pem(*set->server.key));
    secret("issuer.key.pem", private_key_pem(*set->issuer));
    open("issuer.jwks.json", SecretBytes(platform::to_buffer(jwks)));
    return keys;
}

Result<void> write_test_keys(
    platform::Files& files, const TestKeys& keys, const std::filesystem::path& folder
) {
    for (const TestKeyFile& file : keys.files) {
        const auto there = files.status(folder / file.name);
        if (!there) return fail(there.error());
        if (there->has_value()) {
            return fail({
                .code = Errc::already_exists,
                .what = "keys are never overwritten",
                .where = (folder / file.name).string(),
                .expected = "a folder without the files of an earlier run",
                .next = "sfmkit keys new ANOTHER-FOLDER",
            });
        }
    }
    if (auto made = files.make_directories(folder); !made) return made;
    std::vector<std::filesystem::path> done;
    const auto write = [&](const TestKeyFile& file) {
        return platform::replace_file(
            files,
            folder / file.name,
            file.content.view(),
            file.access,
            platform::Durability::process
        );
    };
    for (const TestKeyFile& file : keys.files) {
        if (auto written = write(file); !written) {
            for (const auto& path : done) std::ignore = files.remove(path);
            return written;
        }
        done.push_back(folder / file.name);
    }
    return {};
}

}  // namespace sfmkit::client
