#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::verifier {

/// A relative path of an export folder, taken apart. Views into the path.
struct ExportPath {
    std::string_view folder;     ///< everything before the last slash; empty in the root
    std::string_view name;       ///< without folder
    std::string_view stem;       ///< name without extension
    std::string_view extension;  ///< with its dot, as written; empty when there is none
};
ExportPath take_apart(std::string_view path) noexcept;

/// The number of `Patients<N>` when the file lies directly in such a folder; nothing elsewhere.
std::optional<std::uint32_t> patient_folder_of(std::string_view path) noexcept;
/// The same for `Reports<N>`.
std::optional<std::uint32_t> report_folder_of(std::string_view path) noexcept;

/// ASCII letters in lower case, as the names of an export are compared without case.
std::string in_lower_case(std::string_view text);
constexpr char in_lower_case(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool less_without_case(std::string_view left, std::string_view right) noexcept;
bool same_without_case(std::string_view left, std::string_view right) noexcept;

/// The last folder and the name: what a path from elsewhere may mean in this export.
std::string_view last_folder_and_name(std::string_view path) noexcept;

}  // namespace sfmkit::verifier
