#include "client/encoder/export_paths.hpp"

#include "wire/sfm_names.hpp"

#include <fmt/format.h>

namespace sfmkit::client {

namespace sfm = wire::sfm;
using platform::Errc;
using platform::fail;
using platform::Result;

std::filesystem::path patient_path(
    const std::filesystem::path& folder, std::uint32_t number, const std::string& guid
) {
    return folder / fmt::format("{}{}", sfm::patient_folder_prefix, number) /
           fmt::format("{}{}", guid, sfm::patient_extension);
}

std::filesystem::path report_path(
    const std::filesystem::path& folder, std::uint32_t number, const std::string& guid
) {
    return folder / fmt::format("{}{}", sfm::report_folder_prefix, number) /
           fmt::format("{}{}", guid, sfm::report_extension);
}

Result<void> check_guid(const std::string& guid) {
    if (sfm::is_lower_case_guid(guid)) return {};
    return fail({
        .code = Errc::usage,
        .what = "a file of an export is named by a GUID",
        .where = guid,
        .expected = "8-4-4-4-12 lower-case hex digits",
    });
}

Result<void> make_empty_folder(platform::Files& files, const std::filesystem::path& folder) {
    if (auto made = files.make_directories(folder); !made) return made;
    const auto entries = files.list(folder);
    if (!entries) return fail(entries.error());
    if (entries->empty()) return {};
    return fail({
        .code = Errc::already_exists,
        .what = "the export folder is not empty",
        .where = folder.string(),
        .expected = "an empty or a new folder",
        .actual = fmt::format("it holds {}", entries->front().name),
    });
}

}  // namespace sfmkit::client
