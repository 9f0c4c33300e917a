#pragma once

#include "platform/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace sfmkit::mockserver {

/// The part that an upload plays in concatenation.
enum class ConcatRole { none, partial, final_upload };

/// One upload as the server knows it; what the store keeps and the engine judges.
struct Upload {
    std::string id;  ///< 32 lower-case hex digits
    /// Total size in bytes; empty while the length is deferred. Negative is possible: tusdotnet
    /// 2.5.0 stores a deferred length without looking at its sign.
    std::optional<std::int64_t> length_bytes;
    std::string metadata;  ///< Upload-Metadata as received; empty when none came
    std::optional<platform::WallTime> expires;
    ConcatRole role = ConcatRole::none;
    std::string concat;              ///< Upload-Concat as HEAD shows it; empty without a role
    std::uint64_t offset_bytes = 0;  ///< bytes on disk
    /// Bytes behind the offset may be on disk whose checksum is not known to be right: they do not
    /// count, also when the server ends before it is.
    bool awaits_checksum = false;

    bool is_complete() const noexcept {
        return length_bytes && *length_bytes >= 0 &&
               offset_bytes == static_cast<std::uint64_t>(*length_bytes);
    }
    bool operator==(const Upload&) const = default;
};

}  // namespace sfmkit::mockserver
