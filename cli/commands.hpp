#pragma once

#include "cli/command.hpp"

/// One function per subcommand, each in `<name>_command.cpp`.
namespace sfmkit::cli {}  // namespace sfmkit::cli
