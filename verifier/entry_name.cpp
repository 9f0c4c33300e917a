#include "verifier/entry_name.hpp"

#include "wire/sfm_names.hpp"

#include <algorithm>

namespace sfmkit::verifier {

bool leaves_its_folder(std::string_view name) noexcept {
    if (name.starts_with('/') || name.starts_with('\\')) return true;
    if (name.size() >= 2 && name[1] == ':') return true;
    if (name.contains('\0')) return true;
    std::size_t begin = 0;
    while (begin <= name.size()) {
        const std::size_t end = std::min(name.find_first_of("/\\", begin), name.size());
        if (name.substr(begin, end - begin) == "..") return true;
        begin = end + 1;
    }
    return false;
}

bool is_in_folder(std::string_view name) noexcept {
    return name.find_first_of("/\\") != std::string_view::npos;
}

bool is_unstructured_history(std::string_view name) noexcept {
    return name.substr(0, name.find('.')) == wire::sfm::unstructured_history;
}

}  // namespace sfmkit::verifier
