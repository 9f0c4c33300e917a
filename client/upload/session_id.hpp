#pragma once

#include "platform/random.hpp"

#include <string>

namespace sfmkit::client {

/// A random GUID (RFC 9562 version 4) in lower case with hyphens, as SessionId wants it.
std::string new_session_id(platform::Random& random);

}  // namespace sfmkit::client
