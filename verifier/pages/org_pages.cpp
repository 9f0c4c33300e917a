#include "verifier/pages/org_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> org_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
