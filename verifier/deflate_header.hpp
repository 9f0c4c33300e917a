#pragma once

#include "platform/bytes.hpp"

namespace sfmkit::verifier {

/// Does this begin like deflate data (RFC 1951) of a single block with codes of its own, whose
/// description is right in every detail? Most short entries are such. Of those, all decoders that
/// check what they read accept the same; of others some take codes that the RFC reserves, or code
/// lengths that zlib refuses.
bool is_single_block(platform::Bytes deflated) noexcept;

}  // namespace sfmkit::verifier
