#pragma once

namespace sfmkit::platform {

/// Prints expression and place to the error stream and aborts. For defects of ours only.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace sfmkit::platform

/// Checked in every build: a broken invariant ends the program instead of corrupting an upload.
#define SFM_ASSERT(expression) \
    ((expression) ? void() : ::sfmkit::platform::assertion_failed(#expression, __FILE__, __LINE__))
