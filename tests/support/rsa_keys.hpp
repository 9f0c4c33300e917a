#pragma once

#include "platform/keys.hpp"

#include <filesystem>

namespace sfmkit::test {

/// A key pair made by the openssl program, as files that other programs read too.
struct RsaKeyFiles {
    std::filesystem::path key_pem;
    std::filesystem::path certificate_pem;
};

/// Makes a key and a self-signed certificate in the folder. Throws when openssl cannot.
RsaKeyFiles make_rsa_keys(const std::filesystem::path& folder, unsigned bits);

platform::Certificate read_certificate(const std::filesystem::path& path);

}  // namespace sfmkit::test
