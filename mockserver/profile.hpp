#pragma once

#include "wire/http_codec.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// Every reason for which a tus request is refused. Status and text are data of the profile.
enum class Refusal {
    version_missing,
    version_unsupported,  ///< {0} version
    length_missing,
    length_unreadable,
    length_negative,
    length_too_large,
    defer_not_supported,
    defer_not_one,
    length_and_defer,
    length_already_set,
    length_still_missing,
    metadata_empty_key,
    metadata_duplicate_key,
    metadata_not_base64,  ///< {0} key
    metadata_grammar,
    metadata_required,  ///< {0} key
    offset_missing,
    offset_unreadable,
    offset_negative,
    offset_mismatch,  ///< {0} offset of the file, {1} offset of the request
    content_type,     ///< {0} value
    checksum_unreadable,
    checksum_algorithm,
    checksum_twice,
    checksum_mismatch,
    already_complete,
    too_much_data,   ///< {0} bytes seen, {1} length of the upload
    above_max_size,  ///< while the length is still deferred
    invalid_id,
    not_found,
    expired,
    locked,  ///< {0} id
    final_upload,
    concat_invalid,
    concat_unknown,      ///< {0} ids
    concat_unfinished,   ///< {0} ids
    concat_not_partial,  ///< {0} ids
    concat_too_large
};

struct RefusalRow {
    Refusal refusal;
    int status;
    std::string_view text;  ///< with {0}, {1} for what varies; empty: no body
};

struct ReasonRow {
    int status;
    std::string_view reason;
};

/// How numbers, metadata and checksums of requests are read.
enum class HeaderReading { strict, dotnet };

/// How the text of a refusal is framed on HTTP/1.1.
enum class TextFraming { chunked, length };

/// How a body goes to disk.
enum class BodyWriting {
    stepped,  ///< in reads of a fixed size, the last one held back
    flushed   ///< all that came, once it is enough
};

/// What a request without Tus-Resumable gets.
enum class WithoutVersion {
    not_claimed,  ///< it is not a tus request: 404 of the application
    refused       ///< Refusal::version_missing
};

/// What stays of a PATCH whose client ended the connection in order before the end of the body.
/// The real service decides by a race, so the profile names the weights of a seeded draw.
struct CutOutcome {
    std::uint64_t keep_written_weight = 1;  ///< what had been written stays, verified or not
    std::uint64_t other_weight = 0;         ///< all bytes without a checksum, none with a checksum

    /// Bytes with a checksum may count although it was never compared.
    constexpr bool keeps_unverified() const noexcept { return keep_written_weight > 0; }
};

/// Everything in which the imitated servers differ. Pure data; one value per name of --imitate.
struct Profile {
    std::string_view name;
    wire::FramingPolicy framing = wire::FramingPolicy::strict_spec;
    HeaderReading reading = HeaderReading::strict;
    WithoutVersion without_version = WithoutVersion::refused;
    TextFraming text_framing = TextFraming::length;
    std::string_view text_type;      ///< Content-Type of refusal texts
    std::string_view server_header;  ///< value of Server; empty: none
    /// Header names that come first, in this order; the others follow as the engine sets them.
    std::span<const std::string_view> head_order = {};
    /// Order of the tus headers on the 201 of a plain and of a partial upload.
    std::span<const std::string_view> created_order = {};
    std::span<const std::string_view> partial_created_order = {};
    std::span<const RefusalRow> refusals;
    std::span<const ReasonRow> reasons;
    std::span<const std::string_view> extensions;
    /// Algorithms of Upload-Checksum in the order in which OPTIONS tells them.
    std::span<const std::string_view> checksum_algorithms;

    bool head_takes_lock = false;
    /// A deferred length is stored without any check, as tusdotnet 2.5.0 does.
    bool trusts_deferred_length = false;
    /// A PATCH of a deferred upload may come without Upload-Length.
    bool late_length_may_wait = false;
    /// A deferred length that is less than what is there already is not stored.
    bool refuses_length_below_offset = false;
    /// A data part of a POST that is refused leaves Upload-Expires out of the 201.
    bool refused_data_hides_expiry = false;
    /// A metadata letter above ASCII breaks every HEAD with status 500.
    bool non_ascii_metadata_breaks_head = false;
    /// Tus-Resumable on every answer but to OPTIONS, and Cache-Control: no-store on every one to
    /// HEAD, as tus asks for; others leave both out where tus is not what they answer.
    bool tus_headers_always = false;
    /// Cache-Control: no-store also on 404 answers, not only on HEAD.
    bool no_store_on_not_found = false;
    BodyWriting body_writing = BodyWriting::stepped;
    /// Bytes of one step, or how many are enough.
    std::uint64_t write_step_bytes = 0;
    /// Silence after which bytes that are there count as a read of their own, in milliseconds.
    std::int64_t read_gap_ms = 0;
    /// Steps that were written before a body proved too long stay.
    bool too_much_data_keeps_steps = false;
    CutOutcome cut;
    /// Longest body that the server in front of the library takes; 0: no limit.
    std::uint64_t max_body_bytes = 0;
    /// Fewest bytes a second of a body on average, judged after the grace time; 0: not judged.
    std::uint64_t min_body_rate = 0;
    std::int64_t min_body_rate_grace_ms = 0;
    /// Silence inside a body that ends the connection without an answer; 0: none.
    std::int64_t read_timeout_ms = 0;
    /// When there is no room for an upload. The exception of a full disk is a 500 of Kestrel's.
    int storage_full_status = 500;
};

/// The names that --imitate takes, in the order in which help shows them.
std::span<const std::string_view> profile_names() noexcept;
/// Nothing for an unknown name.
const Profile* find_profile(std::string_view name) noexcept;

const Profile& tusdotnet_2021() noexcept;
const Profile& tusdotnet_current() noexcept;
const Profile& strict_spec() noexcept;

}  // namespace sfmkit::mockserver
