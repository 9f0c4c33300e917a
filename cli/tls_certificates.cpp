#include "cli/tls_certificates.hpp"

#include "client/encoder/certificate_maker.hpp"
#include "client/encoder/key_encoding.hpp"
#include "platform/assert.hpp"

#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include <array>
#include <utility>

namespace sfmkit::cli {
namespace {

using client::CertificateContent;
using client::CertifiedKey;
using platform::Openssl;
using platform::Result;
using std::chrono::days;

/// Names that never leave a test machine.
constexpr const char* constrained_to =
    "critical,permitted;DNS:localhost,permitted;DNS:.localhost,permitted;DNS:.test,"
    "permitted;IP:127.0.0.0/255.0.0.0,"
    "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
constexpr const char* own_names =
    "DNS:localhost,DNS:sfmkit.localhost,DNS:sfmkit.test,IP:127.0.0.1,IP:::1";
constexpr const char* other_name = "DNS:other.test";

struct ServerRow {
    const char* file;
    const char* names;
    days from;  ///< counted from now
    days until;
    bool is_known;  ///< signed by the authority whose certificate clients get
};

constexpr std::array<ServerRow, 4> servers = {{
    {"server.cert.pem", own_names, days(-1), days(396), true},
    {"expired.cert.pem", own_names, days(-30), days(-1), true},
    {"wrong-name.cert.pem", other_name, days(-1), days(396), true},
    {"unknown-ca.cert.pem", own_names, days(-1), days(396), false},
}};

Openssl<EVP_PKEY> new_ec_key() {
    Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    SFM_ASSERT(key != nullptr);
    return key;
}

CertificateContent content_of(const char* common_name, World& world) {
    CertificateContent content;
    content.common_name = common_name;
    content.serial.resize(16);
    world.random.fill(content.serial);
    // Positive and of full length (RFC 5280 section 4.1.2.2).
    content.serial.front() = (content.serial.front() & std::byte{0x3f}) | std::byte{0x40};
    return content;
}

Result<CertifiedKey> make_authority(const char* name, std::chrono::sys_seconds now, World& world) {
    CertificateContent content = content_of(name, world);
    content.not_before = now - days(40);
    content.not_after = now + days(824);
    content.extensions = {
        {NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
        {NID_key_usage, "critical,keyCertSign,cRLSign"},
        {NID_name_constraints, constrained_to}
    };
    CertifiedKey made;
    made.key = new_ec_key();
    auto certificate = client::make_certificate(content, *made.key, nullptr);
    if (!certificate) return std::unexpected(certificate.error());
    made.certificate = std::move(*certificate);
    return made;
}

Result<Openssl<X509>> make_server(
    const ServerRow& row,
    EVP_PKEY& key,
    const CertifiedKey& authority,
    std::chrono::sys_seconds now,
    World& world
) {
    CertificateContent content = content_of("sfmkit test server", world);
    content.not_before = now + row.from;
    content.not_after = now + row.until;
    content.extensions = {
        {NID_basic_constraints, "critical,CA:FALSE"},
        {NID_key_usage, "critical,digitalSignature"},
        {NID_ext_key_usage, "serverAuth"},
        {NID_subject_alt_name, row.names}
    };
    return client::make_certificate(content, key, &authority);
}

Result<void> write(
    World& world,
    const std::filesystem::path& file,
    const platform::SecretBytes& content,
    platform::Access access
) {
    return platform::replace_file(
        world.files, file, content.view(), access, platform::Durability::process
    );
}

}  // namespace

Result<void> make_tls_certificates(World& world, const std::filesystem::path& folder) {
    const auto there = world.files.status(folder / tls_key_file);
    if (!there) return std::unexpected(there.error());
    if (there->has_value()) return {};
    if (auto made = world.files.make_directories(folder); !made) return made;
    const auto now = std::chrono::floor<std::chrono::seconds>(world.clock.wall_now());
    const auto known = make_authority("sfmkit test authority", now, world);
    if (!known) return std::unexpected(known.error());
    const auto unknown = make_authority("sfmkit unknown authority", now, world);
    if (!unknown) return std::unexpected(unknown.error());
    const auto everybody = platform::Access::everybody;
    const auto authority = client::certificate_pem(*known->certificate);
    if (auto kept = write(world, folder / tls_authority_file, authority, everybody); !kept) {
        return kept;
    }
    const Openssl<EVP_PKEY> key = new_ec_key();
    for (const ServerRow& row : servers) {
        const auto made = make_server(row, *key, row.is_known ? *known : *unknown, now, world);
        if (!made) return std::unexpected(made.error());
        const auto pem = client::certificate_pem(**made);
        if (auto kept = write(world, folder / row.file, pem, everybody); !kept) return kept;
    }
    // The last one: where it is, all the others are.
    const auto secret = client::private_key_pem(*key);
    return write(world, folder / tls_key_file, secret, platform::Access::owner_only);
}

}  // namespace sfmkit::cli
