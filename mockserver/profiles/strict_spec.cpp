#include "mockserver/profile.hpp"
#include "mockserver/profiles/common_rows.hpp"

#include <array>

// A server that keeps to the letter of tus 1.0.0, its SHOULD rows included, and refuses every
// request that RFC 9112 lets a server refuse.

namespace sfmkit::mockserver {
namespace {

constexpr std::array<std::string_view, 6> head_order = {
    "Date", "Content-Type", "Content-Length", "Connection", "Cache-Control", "Location"
};
constexpr std::array<std::string_view, 4> created_order = {
    "Location", "Tus-Resumable", "Upload-Offset", "Upload-Expires"
};

constexpr std::array<RefusalRow, 38> refusals = {{
    {Refusal::version_missing, 412, "The header Tus-Resumable is missing; it must be 1.0.0\n"},
    {Refusal::version_unsupported, 412, "Tus-Resumable {0} is not supported; it must be 1.0.0\n"},
    {Refusal::length_missing, 400, "Upload-Length or Upload-Defer-Length: 1 is missing\n"},
    {Refusal::length_unreadable, 400, "Upload-Length must be digits, at most 2^63-1\n"},
    {Refusal::length_negative, 400, "Upload-Length must not be negative\n"},
    {Refusal::length_too_large, 413, "Upload-Length is above Tus-Max-Size\n"},
    {Refusal::defer_not_supported, 400, "Upload-Defer-Length is not supported here\n"},
    {Refusal::defer_not_one, 400, "Upload-Defer-Length must be 1\n"},
    {Refusal::length_and_defer,
     400,
     "Upload-Length and Upload-Defer-Length must not come together\n"},
    {Refusal::length_already_set, 400, "Upload-Length is already set and must not change\n"},
    {Refusal::length_still_missing, 400, "Upload-Length is still missing for this upload\n"},
    {Refusal::metadata_empty_key, 400, "Upload-Metadata has an empty key\n"},
    {Refusal::metadata_duplicate_key, 400, "Upload-Metadata has a key twice\n"},
    {Refusal::metadata_not_base64,
     400,
     "The value of {0} in Upload-Metadata is not Base64 of RFC 4648 section 4\n"},
    {Refusal::metadata_grammar,
     400,
     "Upload-Metadata must be pairs `key base64` with commas and no other blanks\n"},
    {Refusal::metadata_required, 400, "Upload-Metadata needs the key {0}\n"},
    {Refusal::offset_missing, 400, "Upload-Offset is missing\n"},
    {Refusal::offset_unreadable, 400, "Upload-Offset must be digits, at most 2^63-1\n"},
    {Refusal::offset_negative, 400, "Upload-Offset must not be negative\n"},
    {Refusal::offset_mismatch, 409, "The upload is at offset {0}, the request says {1}\n"},
    {Refusal::content_type, 415, "Content-Type must be application/offset+octet-stream, not `{0}`\n"
    },
    {Refusal::checksum_unreadable,
     400,
     "Upload-Checksum must be the algorithm, one blank and a Base64 digest\n"},
    {Refusal::checksum_algorithm, 400, "The checksum algorithm must be one of {0}\n"},
    {Refusal::checksum_twice, 400, "Upload-Checksum must be header or trailer, not both\n"},
    {Refusal::checksum_mismatch, 460, "Upload-Checksum does not fit the bytes received\n"},
    {Refusal::already_complete, 400, "The upload is complete\n"},
    {Refusal::too_much_data, 413, "The body goes beyond Upload-Length {1}\n"},
    {Refusal::above_max_size, 413, "The body goes beyond Tus-Max-Size\n"},
    {Refusal::invalid_id, 404, ""},
    {Refusal::not_found, 404, ""},
    {Refusal::expired, 410, ""},
    {Refusal::locked, 423, "Another request is writing to this upload\n"},
    {Refusal::final_upload, 403, "A final upload takes no data\n"},
    {Refusal::concat_invalid, 400, "Upload-Concat must be `partial` or `final;` and URLs\n"},
    {Refusal::concat_unknown, 400, "Unknown uploads in Upload-Concat: {0}\n"},
    {Refusal::concat_unfinished, 400, "Unfinished uploads in Upload-Concat: {0}\n"},
    {Refusal::concat_not_partial, 400, "Not partial uploads in Upload-Concat: {0}\n"},
    {Refusal::concat_too_large, 413, "The final upload is above Tus-Max-Size\n"},
}};

// sha1 must be there; the others are what clients of other servers use.
constexpr std::array<std::string_view, 3> checksum_algorithms = {"sha1", "sha256", "md5"};

constexpr Profile profile = {
    .name = "strict-spec",
    .framing = wire::FramingPolicy::strict_spec,
    .reading = HeaderReading::strict,
    .without_version = WithoutVersion::refused,
    .text_framing = TextFraming::length,
    .text_type = "text/plain; charset=utf-8",
    .server_header = "",
    .head_order = head_order,
    .created_order = created_order,
    .partial_created_order = created_order,
    .refusals = refusals,
    .reasons = common_reasons,
    .extensions = built_extensions,
    .checksum_algorithms = checksum_algorithms,
    .head_takes_lock = false,
    .late_length_may_wait = true,
    .refuses_length_below_offset = true,
    .tus_headers_always = true,
    .write_step_bytes = 65536,
    .cut = {.keep_written_weight = 0, .other_weight = 1},
    .min_body_rate = 240,
    .min_body_rate_grace_ms = 5000,
    .storage_full_status = 507,
};

}  // namespace

const Profile& strict_spec() noexcept {
    return profile;
}

}  // namespace sfmkit::mockserver
