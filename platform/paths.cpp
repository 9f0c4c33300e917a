#include "platform/paths.hpp"

#include <algorithm>
#include <system_error>

namespace sfmkit::platform {
namespace {

std::filesystem::path resolved(const std::filesystem::path& path) {
    std::error_code code;
    const auto absolute = std::filesystem::absolute(path, code);
    if (code) return path.lexically_normal();
    auto result = std::filesystem::weakly_canonical(absolute, code);
    if (code) result = absolute.lexically_normal();
    // A slash at the end would count as one more name.
    return result.has_filename() ? result : result.parent_path();
}

}  // namespace

bool is_at_or_below(const std::filesystem::path& path, const std::filesystem::path& place) {
    const auto inner = resolved(path);
    const auto outer = resolved(place);
    return std::ranges::mismatch(outer, inner).in1 == outer.end();
}

}  // namespace sfmkit::platform
