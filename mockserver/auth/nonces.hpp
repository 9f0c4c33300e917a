#pragma once

#include "platform/clock.hpp"
#include "platform/random.hpp"

#include <optional>
#include <string>

namespace sfmkit::mockserver {

/// Values for DPoP-Nonce (RFC 9449 section 8): the newest is handed out, and the one before it is
/// still taken.
class Nonces {
  public:
    Nonces(platform::Random& random, platform::Duration life) : random_(&random), life_(life) {}

    const std::string& newest(platform::SteadyTime now);
    bool knows(std::string_view nonce, platform::SteadyTime now);

  private:
    void turn(platform::SteadyTime now);

    platform::Random* random_;
    platform::Duration life_;
    std::optional<platform::SteadyTime> made_;
    std::string newest_;
    std::string before_;
};

}  // namespace sfmkit::mockserver
