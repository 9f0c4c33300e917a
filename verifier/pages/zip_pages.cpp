#include "verifier/pages/zip_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> zip_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
