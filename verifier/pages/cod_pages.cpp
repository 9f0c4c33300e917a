#include "verifier/pages/cod_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> cod_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
