#include "verifier/rules/env_checks.hpp"

#include "findings/printable.hpp"
#include "verifier/export_path.hpp"
#include "wire/base64.hpp"
#include "wire/envelope_layout.hpp"

#include <fmt/format.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

namespace sfmkit::verifier::env {
namespace {

namespace layout = wire::envelope;

/// The lengths were read as they are meant; rules about single fields look only then.
bool has_lengths(const EnvelopeHeader& header) {
    return header.key_length_possible() &&
           (header.layout == Layout::current || header.layout == Layout::legacy ||
            header.layout == Layout::cut || header.layout == Layout::unreadable);
}

std::uint64_t iv_offset(const EnvelopeHeader& header) {
    const std::uint64_t lengths =
        header.layout == Layout::legacy ? layout::extension_length_offset : layout::prefix_bytes;
    return lengths + header.key_length;
}

std::uint64_t extension_offset(const EnvelopeHeader& header) {
    return iv_offset(header) + header.iv_length;
}

/// Decoded and in lower case, with its dot if it has one; nothing when it is no base64 of UTF-8.
std::optional<std::string> extension_of(const EnvelopeHeader& header) {
    const auto decoded = wire::decode_base64(platform::as_text(header.extension));
    if (!decoded || !findings::is_utf8(platform::as_text(*decoded))) return std::nullopt;
    return in_lower_case(platform::as_text(*decoded));
}

/// The IV's length stands first, and that of a usual RSA key where the IV's belongs.
std::string exchanged_lengths(const EnvelopeHeader& header) {
    const bool exchanged = header.key_length == layout::iv_bytes &&
                           std::ranges::find(layout::usual_modulus_bytes, header.iv_length) !=
                               layout::usual_modulus_bytes.end();
    return exchanged ? "the lengths of key and IV stand in each other's place" : "";
}

/// What the official APIs make of an exporter that asks for this padding.
std::string_view cause_of(KeyWrap wrap) {
    switch (wrap) {
        case KeyWrap::oaep_sha512_mgf1_sha1:
            return "Java: OAEPWithSHA-512AndMGF1Padding takes SHA-1 for MGF1; hand in an "
                   "OAEPParameterSpec with MGF1ParameterSpec.SHA512";
        case KeyWrap::oaep_sha256:
            return "C#: RSAEncryptionPadding.OaepSHA256; Node: oaepHash 'sha256'; Java: "
                   "OAEPWithSHA-256; all need SHA-512 here";
        case KeyWrap::oaep_sha1:
            return "C#: RSAEncryptionPadding.OaepSHA1 or Encrypt(data, true); Node: no oaepHash; "
                   "Java: OAEPPadding alone; all mean SHA-1";
        case KeyWrap::pkcs1_v15:
            return "C#: RSAEncryptionPadding.Pkcs1 or Encrypt(data, false); Node: "
                   "RSA_PKCS1_PADDING; Java: RSA without a padding means PKCS#1 v1.5";
        case KeyWrap::oaep_sha512:
            return {};
    }
    return {};
}

}  // namespace

void cut_header(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    if (header.layout != Layout::cut) return;
    const std::uint64_t whole = std::uint64_t{28} + header.key_length + header.extension_length;
    broken.found(
        {.place = {.byte_offset = header.file_bytes},
         .expected = header.key_length == 0 ? "at least the 12 bytes of the three lengths"
                                            : fmt::format("at least {} bytes", whole + 16),
         .actual = fmt::format("{} bytes", header.file_bytes),
         .message = "the file ends inside the header"}
    );
}

void wrong_modulus(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    if (!facts.key_modulus_bytes || !has_lengths(header)) return;
    if (header.key_length == *facts.key_modulus_bytes) return;
    broken.found(
        {.place = {.byte_offset = layout::key_length_offset},
         .expected = fmt::format("a wrapped key of {} bytes", *facts.key_modulus_bytes),
         .actual = fmt::format("{} bytes", header.key_length),
         .message = "the file was sealed for another certificate than the one of this key"}
    );
}

void unusual_modulus(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    const std::int64_t length = header.key_length;
    const bool usual =
        length == broken.bound(0) || length == broken.bound(1) || length == broken.bound(2);
    if (!has_lengths(header) || usual) return;
    const bool weak = length < broken.bound(0);
    broken.found(
        {.place = {.byte_offset = layout::key_length_offset},
         .expected = "an RSA key of 2048, 3072 or 4096 bits",
         .actual = fmt::format("{} bits", std::uint64_t{header.key_length} * 8),
         .message = weak ? "the RSA key is too short" : "the RSA key has an unusual length",
         .severity = weak ? std::optional(findings::Severity::error) : std::nullopt}
    );
}

void wrong_iv_length(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    if (!has_lengths(header) || header.iv_length == broken.bound()) return;
    std::string message = "the initialisation vector is not one AES block";
    if (header.iv_length == 32) message = "32 bytes: the file was encrypted with Rijndael-256";
    if (header.iv_length == 12) message = "12 bytes: the file was encrypted in GCM, not in CBC";
    broken.found(
        {.place = {.byte_offset = layout::iv_length_offset},
         .expected = fmt::format("{}", broken.bound()),
         .actual = fmt::format("{}", header.iv_length),
         .message = std::move(message)}
    );
}

void hostile_lengths(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    const bool lengths_read = header.layout == Layout::current ||
                              header.layout == Layout::unreadable ||
                              (header.layout == Layout::cut && header.key_length != 0);
    if (!lengths_read) return;
    if (!header.key_length_possible()) {
        broken.found(
            {.place = {.byte_offset = layout::key_length_offset},
             .expected = "the length of an RSA key in bytes: 256, 384 or 512",
             .actual = fmt::format("{}", header.key_length),
             .message = "no RSA key has this length: no encrypted export file, or a damaged one",
             .likely_cause = exchanged_lengths(header)}
        );
        return;
    }
    const std::uint32_t length = header.extension_length;
    if (length >= broken.bound(0) && length <= broken.bound(1)) return;
    broken.found(
        {.place = {.byte_offset = layout::extension_length_offset},
         .expected = fmt::format("{} to {} bytes", broken.bound(0), broken.bound(1)),
         .actual = fmt::format("{}", length),
         .message = length == 0 ? "the extension field is empty"
                                : "the extension field is longer than any extension"}
    );
}

void extension_no_base64(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    if (header.extension.empty() || extension_of(header)) return;
    broken.found(
        {.place = {.byte_offset = extension_offset(header)},
         .expected = "base64 of a UTF-8 text, e.g. emlw for zip",
         .actual = std::string(platform::as_text(header.extension)),
         .message = "the extension field is no strict base64 of UTF-8 text"}
    );
}

void unexpected_extension(const EnvelopeFacts& facts, const RuleReporter& broken) {
    auto extension = extension_of(*facts.header);
    if (!extension || extension->empty() || facts.kind == FileKind::unknown) return;
    if (extension->starts_with('.')) extension->erase(0, 1);
    const std::string_view expected = facts.kind == FileKind::report ? "xps" : "zip";
    if (*extension == expected) return;
    broken.found(
        {.place = {.byte_offset = extension_offset(*facts.header)},
         .expected = std::string(expected),
         .actual = *extension,
         .message = "the stored extension is not that of the decrypted file"}
    );
}

void extension_with_dot(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const auto extension = extension_of(*facts.header);
    if (!extension || !extension->starts_with('.')) return;
    broken.found(
        {.place = {.byte_offset = extension_offset(*facts.header)},
         .expected = extension->substr(1),
         .actual = *extension,
         .message = "the stored extension begins with a dot"}
    );
}

void broken_blocks(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    if (header.layout != Layout::current) return;
    const auto body_bytes = static_cast<std::int64_t>(header.body_bytes);
    const std::int64_t block = broken.bound(0);
    if (body_bytes >= broken.bound(1) * block && body_bytes % block == 0) return;
    broken.found(
        {.place = {.byte_offset = header.body_offset},
         .expected = fmt::format("a positive multiple of {} bytes of ciphertext", block),
         .actual = fmt::format("{} bytes", header.body_bytes),
         .message = "the file was cut, or something was appended to it"}
    );
}

void no_known_padding(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (!facts.no_padding_unwraps) return;
    broken.found(
        {.place = {.byte_offset = layout::prefix_bytes},
         .expected = "an AES key wrapped with RSA-OAEP SHA-512 for this key's certificate",
         .actual = "bytes that unwrap with no known padding",
         .message = "the private key does not fit the file, or the wrapped key is damaged"}
    );
}

void other_padding(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.opened == nullptr || facts.opened->wrap == KeyWrap::oaep_sha512) return;
    broken.found(
        {.place = {.byte_offset = layout::prefix_bytes},
         .expected = std::string(name_of(KeyWrap::oaep_sha512)),
         .actual = std::string(name_of(facts.opened->wrap)),
         .message = "the AES key is wrapped with another padding than NHN's encryptor uses",
         .likely_cause = std::string(cause_of(facts.opened->wrap))}
    );
}

void wrong_key_length(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.opened == nullptr || std::cmp_equal(facts.opened->key_bytes, broken.bound())) return;
    const std::size_t length = facts.opened->key_bytes;
    std::string message = "what was wrapped is no AES-256 key";
    if (length == 16 || length == 24) message = fmt::format("an AES-{} key", length * 8);
    if (length == 48) message = "key and initialisation vector were wrapped together";
    if (length == 44 || length == 64) message = "the key was wrapped as text, not as bytes";
    broken.found(
        {.place = {.byte_offset = layout::prefix_bytes},
         .expected = fmt::format("{} bytes", broken.bound()),
         .actual = fmt::format("{} bytes", length),
         .message = std::move(message)}
    );
}

void broken_padding(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.opened == nullptr || facts.opened->padding_valid) return;
    if (facts.opened->key_bytes != layout::aes_key_bytes) return;
    broken.found(
        {.place = {.byte_offset = facts.header->file_bytes - layout::block_bytes},
         .expected = "a last block that ends in PKCS#7 padding",
         .actual = "other bytes",
         .message = "the file was cut or changed, or its last block was never flushed"}
    );
}

void no_zip_inside(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.opened == nullptr || !facts.opened->padding_valid) return;
    if (facts.opened->begins_like_zip()) return;
    broken.found(
        {.place = {.byte_offset = facts.header->body_offset},
         .expected = "plaintext that begins with 504b0304",
         .actual = platform::to_hex(facts.opened->beginning),
         .message = "the decrypted file is no zip archive, or key or IV are wrong"}
    );
}

void shared_secret(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.shared_secret.empty()) return;
    broken.found(
        {.expected = "a new key and a new IV for every file",
         .actual = fmt::format("the {} of {}", facts.shared_secret, facts.shared_with),
         .message = fmt::format("two files have the same {}", facts.shared_secret)}
    );
}

void constant_iv(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const platform::ByteBuffer& iv = facts.header->iv;
    if (iv.size() != layout::iv_bytes) return;
    if (!std::ranges::all_of(iv, [&](std::byte byte) { return byte == iv.front(); })) return;
    broken.found(
        {.place = {.byte_offset = iv_offset(*facts.header)},
         .expected = "16 random bytes",
         .actual = platform::to_hex(iv),
         .message = "the initialisation vector is a constant"}
    );
}

void legacy_layout(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.header->layout != Layout::legacy) return;
    broken.found(
        {.place = {.byte_offset = layout::extension_length_offset},
         .expected = "three lengths: key, IV, extension",
         .actual = "two lengths: key, IV",
         .message = "the file has no extension field"}
    );
}

void big_endian_lengths(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.header->layout != Layout::byte_swapped) return;
    broken.found(
        {.place = {.byte_offset = layout::key_length_offset},
         .expected = "little-endian lengths, e.g. 00 01 00 00 for 256",
         .actual = "big-endian lengths, as Java's DataOutputStream writes them",
         .message = "the lengths are byte-swapped"}
    );
}

void unfit_certificate(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.certificate == nullptr) return;
    const platform::Certificate& certificate = *facts.certificate;
    const auto now = std::chrono::floor<std::chrono::seconds>(facts.now);
    if (now < certificate.not_before() || now > certificate.not_after()) {
        broken.found(
            {.expected = "a certificate that is valid today",
             .actual = "one that is expired or not yet valid",
             .message = "the certificate is not valid now"}
        );
    }
    if ((X509_get_key_usage(certificate.get()) & KU_KEY_ENCIPHERMENT) == 0) {
        broken.found(
            {.expected = "key usage keyEncipherment",
             .actual = "other key usages only",
             .message = "the certificate may not wrap keys"}
        );
    }
    const EnvelopeHeader& header = *facts.header;
    if (!has_lengths(header) || certificate.modulus_bytes() == header.key_length) return;
    broken.found(
        {.place = {.byte_offset = layout::key_length_offset},
         .expected = fmt::format("a wrapped key of {} bytes", certificate.modulus_bytes()),
         .actual = fmt::format("{} bytes", header.key_length),
         .message = "the file was not sealed for this certificate"}
    );
}

void plain_file(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.header->layout != Layout::plain) return;
    broken.found(
        {.place = {.byte_offset = 0},
         .expected = "an encrypted file",
         .actual = std::string(facts.header->plain_kind),
         .message = "the file is not encrypted"}
    );
}

}  // namespace sfmkit::verifier::env
