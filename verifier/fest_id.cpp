#include "verifier/fest_id.hpp"

#include "verifier/export_path.hpp"
#include "wire/sfm_names.hpp"

#include <algorithm>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view prefix = "ID_";

bool is_small_letter(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

}  // namespace

bool is_fest_id_in_any_case(std::string_view text) noexcept {
    return text.size() > prefix.size() &&
           same_without_case(text.substr(0, prefix.size()), prefix) &&
           wire::sfm::is_guid(text.substr(prefix.size()));
}

bool is_fest_id(std::string_view text) noexcept {
    return is_fest_id_in_any_case(text) && std::ranges::none_of(text, is_small_letter);
}

}  // namespace sfmkit::verifier
