#pragma once

#include "cli/command.hpp"
#include "platform/keys.hpp"

#include <string>

namespace sfmkit::cli {

/// The certificate that `--recipient` names.
platform::Result<platform::Certificate> read_recipient_certificate(
    World& world, const std::string& path
);

}  // namespace sfmkit::cli
