#pragma once

#include <optional>
#include <string_view>

/// Code lists that Norsk helsenett publishes: each is a number behind one common OID.
namespace sfmkit::verifier {

inline constexpr std::string_view code_lists_root = "2.16.578.1.12.4.1.1.";

/// The number of the list that an OID names, e.g. `8116`; nothing for other OIDs.
std::optional<std::string_view> code_list_in(std::string_view oid) noexcept;

}  // namespace sfmkit::verifier
