#pragma once

#include "findings/rule_page.hpp"

#include <string_view>

namespace sfmkit::verifier {

/// The page of the rule; null when there is none.
const findings::RulePage* page_of(std::string_view id) noexcept;

}  // namespace sfmkit::verifier
