#pragma once

#include "verifier/text_digest.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

namespace sfmkit::verifier {

/// The text that each code of an export had where it was seen first. What is known never changes,
/// so readers of later files may look at any time, while the files are judged one by one.
class CodeNames {
  public:
    /// Further codes are not kept: no code list in use has so many.
    static constexpr std::size_t most_kept = 100'000;

    struct Name {
        TextDigest name;
        std::uint32_t file = 0;  ///< its number
    };
    std::optional<Name> find(const TextDigest& code) const;
    void add(const TextDigest& code, const Name& name);

  private:
    mutable std::shared_mutex mutex_;
    std::unordered_map<TextDigest, Name, TextDigestHash> names_;
};

}  // namespace sfmkit::verifier
