#include "platform/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace sfmkit::platform {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
    std::fprintf(
        stderr, "sfmkit: internal error: %s does not hold at %s:%d\n", expression, file, line
    );
    std::abort();
}

}  // namespace sfmkit::platform
