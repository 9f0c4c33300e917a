#include "verifier/pages/trt_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> trt_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
