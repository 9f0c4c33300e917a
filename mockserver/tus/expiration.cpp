#include "mockserver/tus/extensions.hpp"
#include "wire/http_date.hpp"

namespace sfmkit::mockserver {

std::optional<platform::WallTime> expiry_from(const Settings& settings, platform::WallTime now) {
    if (!settings.expire_after) return std::nullopt;
    return now + *settings.expire_after;
}

bool is_expired(const Upload& upload, platform::WallTime now) {
    return upload.expires && now >= *upload.expires;
}

void add_expiry(wire::HeaderFields& fields, const Upload& upload) {
    if (!upload.expires) return;
    fields.add(
        wire::tus::upload_expires,
        wire::print_http_date(std::chrono::floor<std::chrono::seconds>(*upload.expires))
    );
}

}  // namespace sfmkit::mockserver
