#include "verifier/pages/led_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> led_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
