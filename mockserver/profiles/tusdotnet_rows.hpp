#pragma once

#include "mockserver/profile.hpp"
#include "mockserver/profiles/common_rows.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

// What all recorded versions of tusdotnet on Kestrel have in common. The texts are those of 2.5.0.

namespace sfmkit::mockserver {

// Kestrel writes the headers that it knows first, in its own order.
inline constexpr std::array<std::string_view, 8> kestrel_head_order = {
    "Content-Length",
    "Connection",
    "Content-Type",
    "Date",
    "Server",
    "Transfer-Encoding",
    "Cache-Control",
    "Location"
};
inline constexpr std::array<std::string_view, 4> tusdotnet_partial_order = {
    "Location", "Tus-Resumable", "Upload-Expires", "Upload-Offset"
};

inline constexpr std::string_view tusdotnet_metadata_grammar =
    "Header Upload-Metadata: The Upload-Metadata request and response header MUST consist of one "
    "or more comma - separated key - value pairs. The key and value MUST be separated by a "
    "space.The key MUST NOT contain spaces and commas and MUST NOT be empty. The key SHOULD be "
    "ASCII encoded and the value MUST be Base64 encoded. All keys MUST be unique. The value MAY be "
    "empty. In these cases, the space, which would normally separate the key and the value, MAY be "
    "left out.";
inline constexpr std::string_view tusdotnet_concat_invalid =
    "Header Upload-Concat: Header is invalid. Valid values are \"partial\" and \"final\" followed "
    "by a list of file urls to concatenate";

inline constexpr std::array<RefusalRow, 38> tusdotnet_refusals = {{
    {Refusal::version_missing, 404, ""},
    {Refusal::version_unsupported,
     412,
     "Tus version {0} is not supported. Supported versions: 1.0.0"},
    {Refusal::length_missing, 400, "Missing Upload-Length header"},
    {Refusal::length_unreadable, 400, "Could not parse Upload-Length"},
    {Refusal::length_negative, 400, "Header Upload-Length must be a positive number"},
    {Refusal::length_too_large, 413, "Header Upload-Length exceeds the server's max file size."},
    {Refusal::defer_not_supported, 400, "Header Upload-Defer-Length is not supported"},
    {Refusal::defer_not_one, 400, "Header Upload-Defer-Length must have the value '1' or be omitted"
    },
    {Refusal::length_and_defer,
     400,
     "Headers Upload-Length and Upload-Defer-Length are mutually exclusive and cannot be used in "
     "the same request"},
    {Refusal::length_already_set, 400, "Upload-Length cannot be updated once set"},
    {Refusal::length_still_missing,
     400,
     "Header Upload-Length must be specified as this file was created using Upload-Defer-Length"},
    {Refusal::metadata_empty_key, 400, "Header Upload-Metadata: Key must not be empty"},
    {Refusal::metadata_duplicate_key, 400, "Header Upload-Metadata: Duplicate keys are not allowed"
    },
    {Refusal::metadata_not_base64,
     400,
     "Header Upload-Metadata: Value for {0} is not properly encoded using base64"},
    {Refusal::metadata_grammar, 400, tusdotnet_metadata_grammar},
    {Refusal::metadata_required, 400, "{0} metadata must be specified. "},
    {Refusal::offset_missing, 400, "Missing Upload-Offset header"},
    {Refusal::offset_unreadable, 400, "Could not parse Upload-Offset header"},
    {Refusal::offset_negative, 400, "Header Upload-Offset must be a positive number"},
    {Refusal::offset_mismatch,
     409,
     "Offset does not match file. File offset: {0}. Request offset: {1}"},
    {Refusal::content_type,
     415,
     "Content-Type {0} is invalid. Must be application/offset+octet-stream"},
    {Refusal::checksum_unreadable, 400, "Could not parse Upload-Checksum header"},
    {Refusal::checksum_algorithm,
     400,
     "Unsupported checksum algorithm. Supported algorithms are: sha1"},
    {Refusal::checksum_twice,
     400,
     "Headers Upload-Checksum and trailing header Upload-Checksum are mutually exclusive and "
     "cannot be used in the same request"},
    {Refusal::checksum_mismatch,
     460,
     "Header Upload-Checksum does not match the checksum of the file"},
    {Refusal::already_complete, 400, "Upload is already complete."},
    {Refusal::too_much_data,
     400,
     "Stream contains more data than the file's upload length. Stream data: {0}, upload length: "
     "{1}."},
    {Refusal::above_max_size, 413, "Request exceeds the server's max file size"},
    {Refusal::invalid_id, 400, "Invalid file id"},
    {Refusal::not_found, 404, ""},
    {Refusal::expired, 404, ""},
    {Refusal::locked, 409, "File {0} is currently being updated. Please try again later"},
    {Refusal::final_upload, 403, "File with \"Upload-Concat: final\" cannot be patched"},
    {Refusal::concat_invalid, 400, tusdotnet_concat_invalid},
    {Refusal::concat_unknown,
     400,
     "Could not find some of the files supplied for concatenation: {0}"},
    {Refusal::concat_unfinished,
     400,
     "Some of the files supplied for concatenation are not finished and can not be concatenated: "
     "{0}"},
    {Refusal::concat_not_partial,
     400,
     "Some of the files supplied for concatenation are not marked as partial and can not be "
     "concatenated: {0}"},
    {Refusal::concat_too_large, 413, "The concatenated file exceeds the server's max file size."},
}};

/// The rows of 2.5.0 with some of them replaced.
template <std::size_t count>
constexpr auto tusdotnet_refusals_but(const std::array<RefusalRow, count>& others) {
    auto rows = tusdotnet_refusals;
    for (const RefusalRow& other : others) {
        const auto row = std::ranges::find(rows, other.refusal, &RefusalRow::refusal);
        *row = other;
    }
    return rows;
}

inline constexpr std::array<std::string_view, 1> tusdotnet_checksum_algorithms = {"sha1"};

inline constexpr Profile tusdotnet_on_kestrel = {
    .name = "",
    .framing = wire::FramingPolicy::tusdotnet,
    .reading = HeaderReading::dotnet,
    .without_version = WithoutVersion::not_claimed,
    .text_framing = TextFraming::chunked,
    .text_type = "text/plain",
    .server_header = "Kestrel",
    .head_order = kestrel_head_order,
    .partial_created_order = tusdotnet_partial_order,
    .refusals = tusdotnet_refusals,
    .reasons = common_reasons,
    .extensions = built_extensions,
    .checksum_algorithms = tusdotnet_checksum_algorithms,
    .non_ascii_metadata_breaks_head = true,
    .no_store_on_not_found = true,
    .write_step_bytes = 51200,
    .read_gap_ms = 100,
    .too_much_data_keeps_steps = true,
    .cut = {.keep_written_weight = 3, .other_weight = 1},
    .max_body_bytes = 30'000'000,
    .min_body_rate = 240,
    .min_body_rate_grace_ms = 5000,
};

}  // namespace sfmkit::mockserver
