#include "verifier/pages/idx_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> idx_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
