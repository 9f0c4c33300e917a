#pragma once

#include <string_view>

namespace sfmkit::verifier {

/// Ids of FEST, the national register of medicines: `ID_` and a GUID in capitals.
bool is_fest_id(std::string_view text) noexcept;
/// The same with letters of either case.
bool is_fest_id_in_any_case(std::string_view text) noexcept;

}  // namespace sfmkit::verifier
