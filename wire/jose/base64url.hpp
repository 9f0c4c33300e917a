#pragma once

#include "platform/bytes.hpp"
#include "wire/jose/fault.hpp"

#include <string>
#include <string_view>

namespace sfmkit::wire {

/// The URL-safe alphabet without padding (RFC 4648 section 5, RFC 7515 section 2).
std::string encode_base64url(platform::Bytes bytes);

/// Only what encode_base64url writes. JoseFault::not_base64url or JoseFault::not_canonical.
JoseResult<platform::ByteBuffer> decode_base64url(std::string_view text);

}  // namespace sfmkit::wire
