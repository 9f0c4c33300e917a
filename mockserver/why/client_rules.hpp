#pragma once

#include "findings/rule.hpp"

#include <span>
#include <vector>

namespace sfmkit::mockserver {

/// What a client has to keep to so that the server does not refuse it: the requirements of tus and
/// known mistakes of clients, by the ids that refusals name.
std::span<const findings::Rule> client_rules() noexcept;

/// All rules that the server judges by: these, and those of the importer.
std::vector<const findings::Rule*> server_catalogue();

}  // namespace sfmkit::mockserver
