#pragma once

#include "platform/clock.hpp"
#include "platform/openssl.hpp"

#include <array>
#include <deque>
#include <set>
#include <string_view>

namespace sfmkit::mockserver {

/// The proofs that were used, for as long as they could be used again. Keeps hashes only.
class ReplayCache {
  public:
    ReplayCache(std::size_t most, platform::Duration kept_for) : most_(most), kept_for_(kept_for) {}

    enum class Entry { added, known, full };

    /// Looks and inserts in one step. A full cache forgets nothing: it refuses.
    Entry add(
        std::string_view jkt, std::string_view jti, const EVP_MD& sha256, platform::SteadyTime now
    );
    std::size_t size() const noexcept { return keys_.size(); }

  private:
    using Key = std::array<std::byte, 32>;
    struct Kept {
        platform::SteadyTime until;
        Key key;
    };

    std::size_t most_;
    platform::Duration kept_for_;
    std::deque<Kept> in_order_;
    std::set<Key> keys_;
};

}  // namespace sfmkit::mockserver
