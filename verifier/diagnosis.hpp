#pragma once

#include "verifier/envelope_reader.hpp"
#include "verifier/opened_envelope.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// Why a file does not open as NHN's encryptor would have made it. One class for each mistake that
/// calls for a different step in the exporter.
enum class FailureClass : std::uint8_t {
    empty_file,
    cut_header,
    plain_file,
    base64_of_file,
    gzip_of_file,
    utf16_of_file,
    other_format,
    exchanged_lengths,
    impossible_lengths,
    empty_extension,
    big_endian_lengths,
    rijndael_256,
    gcm_iv,
    other_iv_length,
    legacy_layout,
    raw_extension,
    broken_blocks,
    bytes_as_text,
    other_modulus,
    wrong_recipient,
    mgf1_sha1,
    oaep_sha256,
    oaep_sha256_mgf1_sha1,
    oaep_sha1,
    pkcs1_v15,
    aes_128_or_192,
    key_with_iv,
    key_as_text,
    other_key_length,
    missing_last_block,
    other_block_padding,
    wrong_cipher,
    wrong_iv,
    gzip_inside,
    double_encryption,
    utf16_inside,
    base64_inside,
    xml_inside,
    other_content
};

/// How far a failure goes.
enum class Weight : std::uint8_t {
    remark,      ///< decryption is not touched
    tolerable,   ///< decrypts, but NHN's importer would probably not do so
    no_archive,  ///< decrypts to something else than a zip archive
    stops        ///< nothing can be released
};

/// A mistake that would look like this. The words are ours, for a programmer of that platform.
struct LikelyCause {
    std::string_view platform;  ///< `C#`, `Java`, `Node`; empty: any
    std::string_view text;
};

/// What there is to say about each class. All texts have static storage.
struct FailureRow {
    FailureClass failure;
    std::string_view name;  ///< e.g. `mgf1-sha1`, for machines
    std::string_view rule;  ///< whose finding it explains
    Weight weight;
    std::span<const LikelyCause> likely;
    /// A step or command, in which FILE and KEY stand for the names at hand.
    std::string_view next;
};
const FailureRow& row_of(FailureClass failure) noexcept;
std::span<const FailureRow> failure_rows() noexcept;

/// One failure of one file. What was seen stands apart from what it may come from.
struct Diagnosis {
    FailureClass failure;
    std::string_view rule;            ///< that of the row, or the one that this file breaks
    std::string summary;              ///< one clause
    std::vector<std::string> proved;  ///< each follows from bytes that were read

    const FailureRow& row() const noexcept { return row_of(failure); }
};

/// What was tried with one file.
struct Attempt {
    const EnvelopeHeader* header = nullptr;             ///< never null
    std::optional<std::size_t> key_modulus_bytes = {};  ///< of the private key at hand
    bool no_padding_unwraps = false;
    const OpenedEnvelope* opened = nullptr;  ///< null when nothing was unwrapped
};

/// Walks the ladder from the first byte to the beginning of the plaintext and ends at the first
/// failure that leaves nothing to look at. Empty when there is nothing to remark.
std::vector<Diagnosis> diagnose(const Attempt& attempt);

/// The first that explains a finding of the rule; null when none does.
const Diagnosis* find_for_rule(
    std::span<const Diagnosis> diagnoses, std::string_view rule
) noexcept;

/// A step of a row with the names at hand for FILE and KEY; an empty name leaves the word.
std::string with_names(std::string_view next, std::string_view file, std::string_view key);

/// The likely causes in one line, e.g. `C#: … Java: …`.
std::string likely_text(const Diagnosis& diagnosis);

}  // namespace sfmkit::verifier
