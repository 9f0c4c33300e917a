#pragma once

#include "mockserver/tus/upload.hpp"

namespace sfmkit::mockserver {

/// How long uploads stay on disk that nobody can go on with. 0: for ever.
struct Retention {
    platform::Duration expired{};   ///< from the expiry of an unfinished upload
    platform::Duration finished{};  ///< from the last byte of a finished one
};

/// Whether an upload is to go. modified: when its file got its last byte; asked for finished
/// uploads only.
bool is_due(
    const Retention& retention,
    const Upload& upload,
    platform::WallTime modified,
    platform::WallTime now
) noexcept;

}  // namespace sfmkit::mockserver
