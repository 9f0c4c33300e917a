#pragma once

#include "mockserver/admin/admin_message.hpp"

#include <cstdint>
#include <optional>

namespace sfmkit::mockserver::admin {

/// Keeps pages of other origins and names that only resolve to this machine (DNS rebinding) from
/// using the admin API: Host must name the loopback interface and the port, Origin, when there is
/// one, must be the API's own, and what changes something must be JSON. Nothing when the request
/// may pass.
std::optional<Answer> guard(const Request& request, std::uint16_t port);

}  // namespace sfmkit::mockserver::admin
