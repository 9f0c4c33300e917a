#pragma once

#include "findings/rule_page.hpp"

#include <span>

namespace sfmkit::verifier {

/// Pages about XML and schema, in the order of their numbers.
std::span<const findings::RulePage> xml_pages_from_01() noexcept;

}  // namespace sfmkit::verifier
