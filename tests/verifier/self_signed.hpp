#pragma once

#include "platform/clock.hpp"
#include "platform/keys.hpp"

namespace sfmkit::test {

/// A certificate of this key, valid from the day before to the day after, for key encipherment.
platform::Certificate self_signed(const platform::PrivateKey& key, platform::WallTime day);

}  // namespace sfmkit::test
