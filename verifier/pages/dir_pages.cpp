#include "verifier/pages/dir_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> dir_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
