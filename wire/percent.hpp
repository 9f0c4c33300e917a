#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::wire {

/// Decodes `%41` (RFC 3986 section 2.1); what is no such triplet stays. kept: an octet that stays
/// encoded, as servers leave `%2F` alone.
std::string decode_percent(std::string_view text, std::optional<char> kept = std::nullopt);

}  // namespace sfmkit::wire
