#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"

#include <chrono>
#include <string_view>

namespace sfmkit::client {

/// A report of one page as an XPS package (ECMA-388): a form with two lines of figures, drawn, so
/// that no font is needed. Equal arguments, equal bytes.
/// top, bottom: digits and blanks, at most 20 letters each.
platform::Result<platform::ByteBuffer> write_xps_report(
    std::string_view top, std::string_view bottom, std::chrono::local_seconds modified
);

}  // namespace sfmkit::client
