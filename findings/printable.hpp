#pragma once

#include "platform/printable.hpp"

namespace sfmkit::findings {

using platform::is_utf8;
using platform::printable;

}  // namespace sfmkit::findings
