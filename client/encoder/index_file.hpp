#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::client {

/// A patient file as `Index.txt` names it, e.g. `Patients0\<guid>.pat`: with a backslash on every
/// system.
std::string index_name(std::uint32_t folder_number, std::string_view guid);

/// The content of `Index.txt` as in the official example: one name a line, ascending byte by byte,
/// CR LF after each line and the last, no byte order mark. Over several folders this puts
/// `Patients10` before `Patients2`; the example has one folder and so does not tell.
std::string index_content(std::vector<std::string> names);

/// Writes `Index.txt` into the export folder, or replaces it, in one step. Gives its bytes.
platform::Result<std::uint64_t> write_index(
    platform::Files& files, const std::filesystem::path& folder, std::vector<std::string> names
);

}  // namespace sfmkit::client
