#pragma once

#include <string_view>

namespace sfmkit::verifier {

/// The text of verifier/schema/sfm_export.xsd, built into the program. Lives as long as the
/// program does; ASCII, and so valid as it stands for any XML reader.
std::string_view own_schema();

}  // namespace sfmkit::verifier
