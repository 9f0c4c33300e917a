#include "verifier/diagnosis.hpp"

#include "platform/printable.hpp"
#include "wire/base64.hpp"
#include "wire/envelope_layout.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::verifier {
namespace {

namespace layout = wire::envelope;
using enum FailureClass;
using Proofs = std::vector<std::string>;

/// Goes through one file; each look_at says whether there is something left to look at.
class Ladder {
  public:
    explicit Ladder(const Attempt& attempt) : attempt_(attempt), header_(*attempt.header) {}

    std::vector<Diagnosis> climb() {
        if (look_at_wrapping() && look_at_lengths() && look_at_size() && look_at_key()) {
            look_at_plaintext();
        }
        return std::move(found_);
    }

  private:
    bool look_at_wrapping();
    bool look_at_lengths();
    bool look_at_size();
    bool look_at_key();
    bool look_at_wrapped_content(const OpenedEnvelope& opened);
    bool look_at_last_block(const OpenedEnvelope& opened);
    void look_at_plaintext();

    void add(FailureClass failure, std::string summary, Proofs proved) {
        found_.push_back({failure, row_of(failure).rule, std::move(summary), std::move(proved)});
    }
    bool stop(FailureClass failure, std::string summary, Proofs proved) {
        add(failure, std::move(summary), std::move(proved));
        return false;
    }

    const Attempt& attempt_;
    const EnvelopeHeader& header_;
    std::vector<Diagnosis> found_;
};

constexpr auto summary_of_text = "bytes were taken for text, which changes or loses them";
constexpr auto proof_of_text =
    "what should be random bytes is UTF-8, or has its U+FFFD for bad bytes again and again";

std::string read_lengths(const EnvelopeHeader& header) {
    return fmt::format(
        "the first 12 bytes read as little-endian lengths: key {}, IV {}, extension {}",
        header.key_length,
        header.iv_length,
        header.extension_length
    );
}

bool Ladder::look_at_wrapping() {
    const std::string begins = "the file begins like " + describe(header_.known);
    const Content content = header_.known.content;
    if (header_.layout == Layout::plain) {
        return stop(plain_file, "the file is not encrypted", {begins + ": everybody can read it"});
    }
    if (content == Content::base64_text) {
        return stop(base64_of_file, "the file is base64 text instead of bytes", {begins});
    }
    if (content == Content::gzip) {
        return stop(gzip_of_file, "the file was compressed after it was encrypted", {begins});
    }
    if (content == Content::utf16_text) {
        return stop(utf16_of_file, "the file is UTF-16 text instead of bytes", {begins});
    }
    if (content == Content::pem || content == Content::cms) {
        return stop(other_format, "the file is encrypted in another format", {begins});
    }
    if (header_.file_bytes == 0) return stop(empty_file, "the file is empty", {"it has 0 bytes"});
    if (header_.layout == Layout::byte_swapped) {
        return stop(
            big_endian_lengths,
            "the lengths are byte-swapped",
            {"bytes 0 to 7, read with the high byte first, are an RSA key length and 16; read with "
             "the low byte first they are no lengths"}
        );
    }
    const bool under_lengths = header_.layout == Layout::cut && header_.key_length == 0;
    if (under_lengths && header_.file_bytes < layout::prefix_bytes) {
        return stop(
            cut_header,
            "the file ends inside the header",
            {fmt::format("it has {} bytes, the three lengths alone take 12", header_.file_bytes)}
        );
    }
    return true;
}

bool Ladder::look_at_lengths() {
    const auto& usual = layout::usual_modulus_bytes;
    if (header_.key_length == layout::iv_bytes &&
        std::ranges::find(usual, header_.iv_length) != usual.end()) {
        return stop(
            exchanged_lengths,
            "the lengths of key and IV stand in each other's place",
            {read_lengths(header_)}
        );
    }
    if (!header_.key_length_possible()) {
        return stop(
            impossible_lengths,
            "no RSA key has this length: no encrypted export file, or a damaged one",
            {read_lengths(header_)}
        );
    }
    if (attempt_.key_modulus_bytes && *attempt_.key_modulus_bytes != header_.key_length) {
        add(other_modulus,
            "the file was sealed for another certificate than the one of this key",
            {fmt::format(
                "the file holds a wrapped key for an RSA key of {} bits; the key at hand has {}",
                std::uint64_t{header_.key_length} * 8,
                *attempt_.key_modulus_bytes * 8
            )});
    }
    const std::string iv = fmt::format(
        "the header says that the IV has {} bytes; AES in CBC mode "
        "takes 16",
        header_.iv_length
    );
    if (header_.iv_length == 32) {
        return stop(rijndael_256, "the IV has 32 bytes, as Rijndael-256 takes it", {iv});
    }
    if (header_.iv_length == 12) {
        return stop(gcm_iv, "the IV has 12 bytes, as GCM takes it", {iv});
    }
    if (header_.iv_length != layout::iv_bytes) {
        return stop(other_iv_length, "the initialisation vector is not one AES block", {iv});
    }
    if (header_.layout == Layout::unreadable) {
        return stop(
            impossible_lengths,
            "the extension field is longer than any extension",
            {read_lengths(header_)}
        );
    }
    if (header_.layout != Layout::legacy && header_.extension_length == 0) {
        add(empty_extension, "the extension field is empty", {read_lengths(header_)});
    }
    return true;
}

bool Ladder::look_at_size() {
    if (header_.layout == Layout::cut) {
        return stop(
            cut_header,
            "the file ends inside the header",
            {read_lengths(header_), fmt::format("the file has {} bytes", header_.file_bytes)}
        );
    }
    if (header_.layout == Layout::legacy) {
        add(legacy_layout,
            "the file has no extension field",
            {"bytes 8 to 11 are no length of an extension",
             fmt::format(
                 "without that field the ciphertext has {} bytes, whole blocks", header_.body_bytes
             )});
    }
    const auto decoded = wire::decode_base64(platform::as_text(header_.extension));
    const bool is_text = decoded && platform::is_utf8(platform::as_text(*decoded));
    if (!header_.extension.empty() && !is_text) {
        if (header_.taken_for_text) {
            stop(bytes_as_text, summary_of_text, {proof_of_text});
            found_.back().rule = "ENV-06";
            return false;
        }
        add(raw_extension,
            "the extension field is no strict base64 of UTF-8 text",
            {"its bytes do not decode as RFC 4648 section 4 demands"});
    }
    if (header_.body_bytes > 0 && header_.body_bytes % layout::block_bytes == 0) return true;
    add(broken_blocks,
        "the ciphertext does not end with a whole block",
        {fmt::format("{} bytes follow the header; CBC makes whole blocks of 16", header_.body_bytes)
        });
    if (header_.taken_for_text) {
        found_.back().failure = bytes_as_text;
        found_.back().summary = summary_of_text;
        found_.back().proved.emplace_back(proof_of_text);
    }
    return false;
}

bool Ladder::look_at_key() {
    if (attempt_.no_padding_unwraps) {
        Proofs proved = {
            "the lengths are those of an encrypted export file",
            "with this private key the wrapped key unwraps neither as OAEP with "
            "SHA-512, SHA-256 or SHA-1 (MGF1 with the same hash or SHA-1) nor as "
            "PKCS#1 v1.5"
        };
        if (header_.taken_for_text) {
            proved.emplace_back(proof_of_text);
            return stop(bytes_as_text, summary_of_text, std::move(proved));
        }
        return stop(
            wrong_recipient,
            "the private key does not fit the file, or the wrapped key is damaged",
            std::move(proved)
        );
    }
    return attempt_.opened != nullptr && look_at_wrapped_content(*attempt_.opened) &&
           look_at_last_block(*attempt_.opened);
}

std::optional<FailureClass> failure_of(KeyWrap wrap) {
    switch (wrap) {
        case KeyWrap::oaep_sha512:
            return std::nullopt;
        case KeyWrap::oaep_sha512_mgf1_sha1:
            return mgf1_sha1;
        case KeyWrap::oaep_sha256:
            return oaep_sha256;
        case KeyWrap::oaep_sha256_mgf1_sha1:
            return oaep_sha256_mgf1_sha1;
        case KeyWrap::oaep_sha1:
            return oaep_sha1;
        case KeyWrap::pkcs1_v15:
            return pkcs1_v15;
    }
    return std::nullopt;
}

bool Ladder::look_at_wrapped_content(const OpenedEnvelope& opened) {
    if (const auto failure = failure_of(opened.wrap)) {
        const bool v15 = *failure == pkcs1_v15;
        add(*failure,
            "the AES key is wrapped with another padding than NHN's encryptor uses",
            {fmt::format("the wrapped key unwraps with {}", name_of(opened.wrap)),
             v15 ? "the first block decrypts to something known, so it is no chance"
                 : "it does not unwrap with OAEP SHA-512 and MGF1 SHA-512"});
    }
    const std::size_t length = opened.key_bytes;
    if (length == layout::aes_key_bytes) return true;
    const std::string proof = fmt::format("what was wrapped has {} bytes, not 32", length);
    if (length == 16 || length == 24) {
        return stop(
            aes_128_or_192,
            fmt::format("what was wrapped is as long as an AES-{} key", length * 8),
            {proof}
        );
    }
    if (length == 48) {
        return stop(key_with_iv, "what was wrapped is as long as key and IV together", {proof});
    }
    if (length == 44 || length == 64) {
        return stop(key_as_text, "what was wrapped is as long as a key in base64 or hex", {proof});
    }
    return stop(other_key_length, "what was wrapped is no AES-256 key", {proof});
}

bool Ladder::look_at_last_block(const OpenedEnvelope& opened) {
    if (opened.padding_valid) return true;
    Proofs proved = {
        "the AES key unwraps and has 32 bytes", "the last block does not end in PKCS#7 padding"
    };
    if (opened.content.content == Content::unknown) {
        proved.push_back("the first block decrypts to nothing known");
        return stop(wrong_cipher, "the file decrypts neither at its begin nor at its end", proved);
    }
    proved.push_back("the plaintext begins like " + describe(opened.content));
    if (opened.bytes_behind_archive) {
        proved.push_back(fmt::format(
            "the end of the archive is there, and {} bytes stand behind it",
            *opened.bytes_behind_archive
        ));
        return stop(
            other_block_padding, "the last block is padded otherwise or not at all", proved
        );
    }
    if (opened.content.is_archive()) {
        proved.push_back("the end of the archive is not there");
    }
    return stop(missing_last_block, "the end of the plaintext is missing or damaged", proved);
}

void Ladder::look_at_plaintext() {
    const OpenedEnvelope& opened = *attempt_.opened;
    if (opened.begins_like_zip()) return;
    Proofs proved = {"the AES key unwraps and the last block ends in PKCS#7 padding"};
    if (opened.content.content == Content::unknown && opened.bytes_behind_archive) {
        proved.push_back("the end of a zip archive is there, its beginning is not");
        add(wrong_iv, "the first block of the plaintext is wrong", std::move(proved));
        return;
    }
    const bool known = opened.content.content != Content::unknown;
    const std::string no_zip = "the decrypted file is no zip archive";
    FailureClass failure = other_content;
    if (opened.content.content == Content::gzip) failure = gzip_inside;
    if (opened.content.content == Content::utf16_text) failure = utf16_inside;
    if (opened.content.content == Content::xml) failure = xml_inside;
    if (opened.content.content == Content::base64_text) failure = base64_inside;
    if (opened.content.content == Content::envelope || opened.content.wraps_envelope()) {
        failure = double_encryption;
    }
    if (known) proved.push_back("the plaintext begins like " + describe(opened.content));
    add(failure,
        no_zip + (known ? " but " + describe(opened.content) : ", nor anything else that is known"),
        std::move(proved));
}

}  // namespace

std::vector<Diagnosis> diagnose(const Attempt& attempt) {
    return Ladder(attempt).climb();
}

const Diagnosis* find_for_rule(
    std::span<const Diagnosis> diagnoses, std::string_view rule
) noexcept {
    const auto found = std::ranges::find(diagnoses, rule, &Diagnosis::rule);
    return found == diagnoses.end() ? nullptr : &*found;
}

std::string with_names(std::string_view next, std::string_view file, std::string_view key) {
    std::string text;
    while (!next.empty()) {
        const bool is_file = next.starts_with("FILE") && !file.empty();
        const bool is_key = next.starts_with("KEY") && !key.empty();
        if (is_file) text += file;
        if (is_key) text += key;
        if (!is_file && !is_key) text += next.front();
        next.remove_prefix(is_file ? 4 : is_key ? 3 : 1);
    }
    return text;
}

std::string likely_text(const Diagnosis& diagnosis) {
    std::string text;
    for (const LikelyCause& cause : diagnosis.row().likely) {
        if (!text.empty()) text += "; ";
        if (!cause.platform.empty()) text += std::string(cause.platform) + ": ";
        text += cause.text;
    }
    return text;
}

}  // namespace sfmkit::verifier
