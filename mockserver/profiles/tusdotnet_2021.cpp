#include "mockserver/profiles/tusdotnet_rows.hpp"

// tusdotnet 2.5.0 in stream mode on Kestrel, as recorded from the running library.

namespace sfmkit::mockserver {
namespace {

constexpr std::array<std::string_view, 4> created_order = {
    "Location", "Upload-Expires", "Upload-Offset", "Tus-Resumable"
};

constexpr Profile profile = [] {
    Profile made = tusdotnet_on_kestrel;
    made.name = "tusdotnet-2021";
    made.created_order = created_order;
    made.trusts_deferred_length = true;
    made.refused_data_hides_expiry = true;
    made.body_writing = BodyWriting::stepped;
    return made;
}();

}  // namespace

const Profile& tusdotnet_2021() noexcept {
    return profile;
}

}  // namespace sfmkit::mockserver
