#include "verifier/pages/pat_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> pat_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
