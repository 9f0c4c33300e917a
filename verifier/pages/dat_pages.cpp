#include "verifier/pages/dat_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> dat_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
