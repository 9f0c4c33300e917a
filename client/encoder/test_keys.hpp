#pragma once

#include "platform/files.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::client {

struct TestKeyOptions {
    unsigned recipient_bits = 2048;  ///< 2048, 3072 or 4096
    /// Names and addresses of the server beyond localhost, 127.0.0.1 and ::1.
    std::vector<std::string> hosts = {};
    /// Certificates hold from a day before this to 730 days after it.
    std::chrono::sys_seconds now = {};
};

/// One file of the set.
struct TestKeyFile {
    std::string name;
    platform::SecretBytes content;
    platform::Access access;
};

struct TestKeys {
    std::vector<TestKeyFile> files;
    std::string pfx_password;
};

/// From OpenSSL's generator.
platform::Openssl<EVP_PKEY> new_rsa_key(unsigned bits);

/// Makes what a tester needs: a recipient that exports are encrypted for (`recipient.*`), a server
/// certificate (`server.*`), the authority that signed both (`ca.*`; its key is thrown away, and it
/// may vouch for nothing but the server's names), and a key that signs access tokens (`issuer.*`).
/// Keys come from OpenSSL's generator, serial numbers and the password from random.
/// Errc::usage for other key sizes and for what is no host name or address.
platform::Result<TestKeys> make_test_keys(
    const TestKeyOptions& options,
    platform::Random& random,
    const platform::CryptoAlgorithms& algorithms
);

/// Writes the set into the folder, which is made. Errc::already_exists when one of the files is
/// there; nothing is written then, and after another failure what was written is removed.
platform::Result<void> write_test_keys(
    platform::Files& files, const TestKeys& keys, const std::filesystem::path& folder
);

}  // namespace sfmkit::client
