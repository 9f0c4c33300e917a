#pragma once

#include "platform/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::wire {

/// Standard alphabet with padding, no line breaks (RFC 4648 section 4).
std::string encode_base64(platform::Bytes bytes);

/// What a decoder lets pass beyond RFC 4648 section 4.
enum class Base64Rule {
    strict,      ///< canonical only: padding there, unused bits zero
    unused_bits  ///< as .NET and so the real service decodes: unused bits may be set
};

/// Nothing for any other letter, missing or surplus padding, line breaks or blanks.
std::optional<platform::ByteBuffer> decode_base64(
    std::string_view text, Base64Rule rule = Base64Rule::strict
);

}  // namespace sfmkit::wire
