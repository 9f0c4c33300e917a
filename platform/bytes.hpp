#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::platform {

/// A view of bytes that somebody else owns. Only for parameters, or beside its owner.
using Bytes = std::span<const std::byte>;
/// A view of bytes that may be written.
using MutableBytes = std::span<std::byte>;
/// Bytes that are owned.
using ByteBuffer = std::vector<std::byte>;

/// The bytes of a text, without a terminating zero. The text must outlive the view.
Bytes as_bytes(std::string_view text) noexcept;
/// The same bytes seen as text; no encoding is checked.
std::string_view as_text(Bytes bytes) noexcept;
ByteBuffer to_buffer(std::string_view text);
ByteBuffer to_buffer(Bytes bytes);
void append(ByteBuffer& target, Bytes bytes);
/// Lower-case hex digits, two a byte, without separators.
std::string to_hex(Bytes bytes);

}  // namespace sfmkit::platform
