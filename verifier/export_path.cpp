#include "verifier/export_path.hpp"

#include "wire/sfm_names.hpp"

#include <algorithm>

namespace sfmkit::verifier {
namespace {

namespace sfm = wire::sfm;

std::optional<std::uint32_t> numbered_folder_of(
    std::string_view path, std::string_view prefix
) noexcept {
    const ExportPath parts = take_apart(path);
    // A folder further down has a slash and so is no such number.
    return sfm::numbered_folder(parts.folder, prefix);
}

}  // namespace

ExportPath take_apart(std::string_view path) noexcept {
    ExportPath parts;
    const std::size_t slash = path.rfind('/');
    parts.name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    parts.folder = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    const std::size_t dot = parts.name.rfind('.');
    parts.stem = parts.name.substr(0, dot);
    if (dot != std::string_view::npos) parts.extension = parts.name.substr(dot);
    return parts;
}

std::optional<std::uint32_t> patient_folder_of(std::string_view path) noexcept {
    return numbered_folder_of(path, sfm::patient_folder_prefix);
}

std::optional<std::uint32_t> report_folder_of(std::string_view path) noexcept {
    return numbered_folder_of(path, sfm::report_folder_prefix);
}

std::string in_lower_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return in_lower_case(c); });
    return result;
}

bool less_without_case(std::string_view left, std::string_view right) noexcept {
    const auto lower = [](char c) { return in_lower_case(c); };
    return std::ranges::lexicographical_compare(left, right, {}, lower, lower);
}

bool same_without_case(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) return false;
    if (left == right) return true;
    const auto lower = [](char c) { return in_lower_case(c); };
    return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view last_folder_and_name(std::string_view path) noexcept {
    const std::size_t name = path.rfind('/');
    if (name == std::string_view::npos || name == 0) return path;
    const std::size_t folder = path.rfind('/', name - 1);
    return folder == std::string_view::npos ? path : path.substr(folder + 1);
}

}  // namespace sfmkit::verifier
