#pragma once

#include "mockserver/tus/engine.hpp"

// One function or two for each extension; each extension has a file of its own.

namespace sfmkit::mockserver {

using Refused = std::optional<Answer>;

/// creation and creation-with-upload
Decision decide_creation(
    const Rules& rules,
    const Claim& claim,
    const wire::RequestHead& head,
    const Known& known,
    const std::string& new_id,
    platform::WallTime now
);
/// True when the request announces at least one byte of body.
bool has_body(const wire::RequestHead& head);

/// creation-defer-length: what a later PATCH says about the length.
Refused judge_late_length(const Rules& rules, const Upload& upload, const wire::RequestHead& head);
/// Takes the length over when all else was right.
Refused take_late_length(const Rules& rules, WritePlan& plan, const wire::RequestHead& head);

/// checksum and checksum-trailer
Refused judge_checksum_header(const Rules& rules, const wire::RequestHead& head, WritePlan& plan);
Refused judge_digest(const Rules& rules, const WritePlan& plan, const WriteEnd& end);

/// expiration
bool is_expired(const Upload& upload, platform::WallTime now);
void add_expiry(wire::HeaderFields& fields, const Upload& upload);

/// termination
Decision decide_termination(const Rules& rules, const Upload& upload, platform::WallTime now);

/// concatenation: sets the role of a new upload and, for a final one, its length and parts.
Refused judge_concat(
    const Rules& rules,
    const Claim& claim,
    const wire::RequestHead& head,
    const Known& known,
    CreatePlan& plan
);
bool wants_final(const wire::RequestHead& head);

/// One number of a header, read as the profile reads.
std::expected<std::uint64_t, wire::NumberFault> read_number(
    const Rules& rules, std::string_view text
);

/// Content-Type, Upload-Offset, checksum, expiry and state of a PATCH or of a POST with data.
Decision decide_write(
    const Rules& rules,
    const Upload& upload,
    const wire::RequestHead& head,
    std::optional<std::uint64_t> offset_bytes,
    platform::WallTime now
);

/// A well-formed id of this server.
bool is_upload_id(std::string_view id);

}  // namespace sfmkit::mockserver
