#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace sfmkit::client {

/// `Patients<N>/<guid>.pat` below an export folder.
std::filesystem::path patient_path(
    const std::filesystem::path& folder, std::uint32_t number, const std::string& guid
);

/// `Reports<N>/<guid>.rpt` below an export folder.
std::filesystem::path report_path(
    const std::filesystem::path& folder, std::uint32_t number, const std::string& guid
);

/// Errc::usage unless it is a GUID in lower case, as all names in exports are.
platform::Result<void> check_guid(const std::string& guid);

/// Makes the folder. Errc::already_exists when there is anything in it.
platform::Result<void> make_empty_folder(
    platform::Files& files, const std::filesystem::path& folder
);

}  // namespace sfmkit::client
