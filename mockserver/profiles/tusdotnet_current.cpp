#include "mockserver/profiles/tusdotnet_rows.hpp"

// tusdotnet 2.11.1 with pipelines on Kestrel, as recorded from the running library.

namespace sfmkit::mockserver {
namespace {

constexpr std::array<std::string_view, 4> created_order = {
    "Location", "Upload-Expires", "Tus-Resumable", "Upload-Offset"
};

constexpr auto refusals = tusdotnet_refusals_but(std::array<RefusalRow, 2>{{
    {Refusal::too_much_data, 413, "Request contains more data than the file's upload length"},
    {Refusal::locked, 423, "File is currently being updated. Please try again later"},
}});

constexpr Profile profile = [] {
    Profile made = tusdotnet_on_kestrel;
    made.name = "tusdotnet-current";
    made.created_order = created_order;
    made.refusals = refusals;
    made.head_takes_lock = true;
    made.late_length_may_wait = true;
    made.body_writing = BodyWriting::flushed;
    made.read_timeout_ms = 60'000;
    return made;
}();

}  // namespace

const Profile& tusdotnet_current() noexcept {
    return profile;
}

}  // namespace sfmkit::mockserver
