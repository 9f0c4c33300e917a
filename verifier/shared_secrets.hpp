#pragma once

#include "verifier/facts.hpp"
#include "verifier/text_digest.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

namespace sfmkit::verifier {

/// Wrapped keys, AES keys and IVs of the files so far: each file is to have its own. Keeps digests.
class SharedSecrets {
  public:
    /// Sets shared_secret and shared_with of the facts when an earlier file has the same. number is
    /// that of the file in names.
    void look_at(
        EnvelopeFacts& facts, std::uint32_t number, std::span<const std::string_view> names
    );

  private:
    std::unordered_map<TextDigest, std::uint32_t, TextDigestHash> first_;
};

}  // namespace sfmkit::verifier
