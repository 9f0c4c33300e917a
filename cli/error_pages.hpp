#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::cli {

/// What `explain` tells about the id that ends an error, `ERR-not-found` for instance, in any
/// letters and with what stood around it; nothing when no error has it.
std::optional<std::string> error_page(std::string_view typed, std::size_t columns);

}  // namespace sfmkit::cli
