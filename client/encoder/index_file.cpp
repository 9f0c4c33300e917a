#include "client/encoder/index_file.hpp"

#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace sfmkit::client
