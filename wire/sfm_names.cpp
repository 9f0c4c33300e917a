#include "wire/sfm_names.hpp"

#include <algorithm>
#include <charconv>

namespace sfmkit::wire::sfm {
namespace {

constexpr std::string_view lower_case_digits = "0123456789abcdef";
constexpr std::string_view all_digits = "0123456789abcdefABCDEF";
constexpr std::size_t guid_letters = 36;

bool is_guid_of(std::string_view text, std::string_view digits) noexcept {
    if (text.size() != guid_letters) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen_place = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen_place ? text[i] != '-' : !digits.contains(text[i])) return false;
    }
    return true;
}

}  // namespace

std::string_view upload_file_type(FileKind kind) noexcept {
    switch (kind) {
        case FileKind::organisation:
            return "OrganizationFile";
        case FileKind::patient:
            return "PatientFile";
        case FileKind::report:
            return "ReportFile";
        case FileKind::unknown:
            break;
    }
    return "Unknown";
}

FileKind kind_of_export_path(std::string_view relative_path) noexcept {
    if (relative_path == organisation_file) return FileKind::organisation;
    if (relative_path.starts_with(patient_folder_prefix)) return FileKind::patient;
    if (relative_path.starts_with(report_folder_prefix)) return FileKind::report;
    return FileKind::unknown;
}

std::optional<std::uint32_t> numbered_folder(
    std::string_view folder, std::string_view prefix
) noexcept {
    if (!folder.starts_with(prefix)) return std::nullopt;
    const std::string_view digits = folder.substr(prefix.size());
    if (digits.size() > 1 && digits.starts_with('0')) return std::nullopt;
    std::uint32_t number = 0;
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
    return number;
}

bool is_guid(std::string_view text) noexcept {
    return is_guid_of(text, all_digits);
}

bool is_lower_case_guid(std::string_view text) noexcept {
    return is_guid_of(text, lower_case_digits);
}

}  // namespace sfmkit::wire::sfm
