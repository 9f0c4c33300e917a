#include "client/encoder/index_file.hpp"

#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sfmkit::client {

std::string index_name(std::uint32_t folder_number, std::string_view guid) {
    return fmt::format(
        "{}{}\\{}{}",
        wire::sfm::patient_folder_prefix,
        folder_number,
        guid,
        wire::sfm::patient_extension
    );
}

std::string index_content(std::vector<std::string> names) {
    std::ranges::sort(names);
    std::string content;
    for (const std::string& name : names) {
        content += name;
        content += "\r\n";
    }
    return content;
}

platform::Result<std::uint64_t> write_index(
    platform::Files& files, const std::filesystem::path& folder, std::vector<std::string> names
) {
    const std::string content = index_content(std::move(names));
    auto written = platform::replace_file(
        files,
        folder / wire::sfm::index_file,
        platform::as_bytes(content),
        platform::Access::everybody,
        platform::Durability::process
    );
    if (!written) return platform::fail(written.error());
    return content.size();
}

}  // namespace sfmkit::client
