#pragma once

#include "platform/openssl.hpp"
#include "wire/http_message.hpp"

#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// The fields as evidence may keep them, as lines: of Authorization, Proxy-Authorization, DPoP and
/// Cookie the secret is replaced by a part of its SHA-256, so that equal ones can be told to be
/// equal.
std::string masked_lines(
    const wire::HeaderFields& fields, const platform::CryptoAlgorithms& algorithms
);

/// A target whose query holds an access token (RFC 6750 section 2.3), without it.
std::string mask_target(std::string_view target);

}  // namespace sfmkit::mockserver
