#pragma once

#include "mockserver/faults/fault.hpp"

#include <string>

namespace sfmkit::mockserver {

/// The answer as bytes, changed as the action says: its status, reason, fields, spelling, version
/// and the coding of its body. What the action does not name stays to the byte.
std::string edit_answer(const std::string& printed, const FaultAction& action);

}  // namespace sfmkit::mockserver
