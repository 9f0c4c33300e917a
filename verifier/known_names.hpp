#pragma once

#include <string>
#include <string_view>

namespace sfmkit::verifier {

inline constexpr std::string_view unknown_name = "*";

/// The name itself when our schema or a message of the e-prescription domain declares it for an
/// element or attribute, otherwise unknown_name: a tag that is not closed, or a stray `<`, makes
/// element names of a patient's data. The result lives as long as the program does.
std::string_view known_name(std::string_view local_name);

/// The namespace itself when it is one of the e-prescription domain; what else stands there may be
/// anything.
std::string shown_namespace(std::string_view name);

}  // namespace sfmkit::verifier
