#include "verifier/pages/xml_pages.hpp"

namespace sfmkit::verifier {

std::span<const findings::RulePage> xml_pages_from_01() noexcept {
    return {};
}

}  // namespace sfmkit::verifier
