#include "mockserver/storage/retention.hpp"

namespace sfmkit::mockserver {

bool is_due(
    const Retention& retention,
    const Upload& upload,
    platform::WallTime modified,
    platform::WallTime now
) noexcept {
    if (upload.is_complete()) {
        return retention.finished.count() > 0 && now - modified >= retention.finished;
    }
    return retention.expired.count() > 0 && upload.expires &&
           now - *upload.expires >= retention.expired;
}

}  // namespace sfmkit::mockserver
