#pragma once

#include "platform/result.hpp"

#include <cstddef>
#include <functional>

namespace sfmkit::client {

/// Calls work for 0 to count - 1, each once, on so many threads; work must bear that. After a
/// failure nothing more is begun, and the failure with the smallest number is given, so that the
/// message does not depend on chance where several tasks fail alike.
platform::Result<void> run_in_parallel(
    std::size_t count,
    std::size_t threads,
    const std::function<platform::Result<void>(std::size_t number)>& work
);

}  // namespace sfmkit::client
