#pragma once

#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// What Upload-Metadata says of a file; empty where it says nothing or cannot be read.
struct FileClaims {
    std::string name{};
    std::string session_id{};
    std::string file_type{};
};
FileClaims file_claims(std::string_view metadata);

}  // namespace sfmkit::mockserver
