#pragma once

#include "cli/command.hpp"

#include <filesystem>
#include <string_view>

namespace sfmkit::cli {

inline constexpr std::string_view tls_key_file = "server.key.pem";
inline constexpr std::string_view tls_authority_file = "ca.cert.pem";

/// Makes what a TLS server of tests shows, unless it is there: the certificate of an authority
/// that may vouch for this machine and `.test` alone, a good server certificate, and those that are
/// wrong in one thing: expired, for another name, of an authority that nobody knows. One key
/// belongs to all servers' certificates; those of the authorities are thrown away.
platform::Result<void> make_tls_certificates(World& world, const std::filesystem::path& folder);

}  // namespace sfmkit::cli
