#pragma once

#include "findings/finding.hpp"
#include "mockserver/tus/engine.hpp"

#include <optional>
#include <vector>

namespace sfmkit::mockserver {

/// The refusal of a request that broke a rule which the operator enforces: its text names the first
/// such rule, its findings are all that was found. Nothing when no such rule is broken.
std::optional<Answer> refuse_enforced(
    const Rules& rules, const std::vector<findings::Finding>& found, int status
);

}  // namespace sfmkit::mockserver
