#pragma once

#include "mockserver/tus/engine.hpp"
#include "platform/openssl.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace sfmkit::mockserver {

/// Hashes a body by every algorithm that its checksum may name: one that is in the header, any that
/// the server offers when it comes in a trailer, none otherwise.
class BodyDigests {
  public:
    /// The algorithms must outlive it.
    BodyDigests(
        const platform::CryptoAlgorithms& algorithms, const Rules& rules, const WritePlan& plan
    );

    void update(platform::Bytes bytes);
    Digests finish();

  private:
    std::vector<std::pair<std::string_view, platform::Digest>> running_;
};

}  // namespace sfmkit::mockserver
