#pragma once

#include "platform/bytes.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::wire {

/// Header names in the spelling of the tus 1.0.0 specification.
namespace tus {
inline constexpr std::string_view version = "1.0.0";
inline constexpr std::string_view resumable = "Tus-Resumable";
inline constexpr std::string_view supported_versions = "Tus-Version";
inline constexpr std::string_view extension = "Tus-Extension";
inline constexpr std::string_view max_size = "Tus-Max-Size";
inline constexpr std::string_view checksum_algorithm = "Tus-Checksum-Algorithm";
inline constexpr std::string_view upload_offset = "Upload-Offset";
inline constexpr std::string_view upload_length = "Upload-Length";
inline constexpr std::string_view upload_defer_length = "Upload-Defer-Length";
inline constexpr std::string_view upload_metadata = "Upload-Metadata";
inline constexpr std::string_view upload_checksum = "Upload-Checksum";
inline constexpr std::string_view upload_expires = "Upload-Expires";
inline constexpr std::string_view upload_concat = "Upload-Concat";
inline constexpr std::string_view method_override = "X-HTTP-Method-Override";
inline constexpr std::string_view offset_content_type = "application/offset+octet-stream";
inline constexpr int checksum_mismatch_status = 460;
}  // namespace tus

/// Why a number of Upload-Offset or Upload-Length was not taken.
enum class NumberFault { not_a_number, negative, too_large };

/// Digits only, up to 2^63 - 1 (tus: a non-negative integer). No sign, no blank.
std::expected<std::uint64_t, NumberFault> parse_number_strictly(std::string_view text);

/// As .NET's Int64.TryParse reads it, and so the real service: blanks around, one sign, leading
/// zeros.
/// `-0` is 0; other negative values are NumberFault::negative.
std::expected<std::uint64_t, NumberFault> parse_number_as_dotnet(std::string_view text);

/// One pair of Upload-Metadata; the value is decoded.
struct MetadataPair {
    std::string key{};
    platform::ByteBuffer value{};

    bool operator==(const MetadataPair&) const = default;
};

/// Why Upload-Metadata was not taken, and at which pair (counted from 0).
struct MetadataFault {
    enum class Kind { empty_header, empty_key, not_one_blank, bad_base64, duplicate_key, bad_key };
    Kind kind = Kind::empty_header;
    std::size_t pair = 0;
    std::string key{};
};

/// The grammar of the specification, strictly: `key[ base64][,key[ base64]]…`, keys unique.
std::expected<std::vector<MetadataPair>, MetadataFault> parse_metadata_strictly(
    std::string_view text
);
/// As tusdotnet 2.5.0 and later reads it: an empty or blank header is no pairs, one trailing comma
/// is fine, other control letters are part of the key, and values are decoded as .NET does it.
std::expected<std::vector<MetadataPair>, MetadataFault> parse_metadata_as_tusdotnet(
    std::string_view text
);
/// Canonical form, in the order given; an empty value leaves the blank out.
std::string print_metadata(const std::vector<MetadataPair>& pairs);

struct Checksum {
    std::string algorithm{};  ///< as sent; algorithm names are lower-case
    platform::ByteBuffer digest{};

    bool operator==(const Checksum&) const = default;
};

/// `algorithm base64`, one blank. Nothing when malformed; the algorithm is not judged here.
std::optional<Checksum> parse_checksum_strictly(std::string_view text);
/// As tusdotnet 2.5.0 and later: several blanks between the two are accepted.
std::optional<Checksum> parse_checksum_as_tusdotnet(std::string_view text);
std::string print_checksum(const Checksum& checksum);

}  // namespace sfmkit::wire
