#include "verifier/pages/msg_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> msg_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
