#include "mockserver/profile.hpp"

#include <array>

namespace sfmkit::mockserver {
namespace {

// The one list of what --imitate knows.
constexpr std::array<std::string_view, 3> names = {
    "tusdotnet-2021", "tusdotnet-current", "strict-spec"
};

}  // namespace

std::span<const std::string_view> profile_names() noexcept {
    return names;
}

const Profile* find_profile(std::string_view name) noexcept {
    for (const Profile* profile : {&tusdotnet_2021(), &tusdotnet_current(), &strict_spec()}) {
        if (profile->name == name) return profile;
    }
    return nullptr;
}

}  // namespace sfmkit::mockserver
