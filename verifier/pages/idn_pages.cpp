#include "verifier/pages/idn_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> idn_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
