#include "verifier/rules/env_checks.hpp"

#include "platform/printable.hpp"
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
using findings::Observation;

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

/// What the diagnosis says, if there is one, at the place and with the values that the rule knows.
Observation told(const Diagnosis* diagnosis, Observation observation) {
    if (diagnosis == nullptr) return observation;
    observation.message = diagnosis->summary;
    observation.likely_cause = likely_text(*diagnosis);
    return observation;
}

/// Decoded and in lower case, with its dot if it has one; nothing when it is no base64 of UTF-8.
std::optional<std::string> extension_of(const EnvelopeHeader& header) {
    const auto decoded = wire::decode_base64(platform::as_text(header.extension));
    if (!decoded || !platform::is_utf8(platform::as_text(*decoded))) return std::nullopt;
    return in_lower_case(platform::as_text(*decoded));
}

}  // namespace

void cut_header(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-01");
    if (diagnosis == nullptr) return;
    const EnvelopeHeader& header = *facts.header;
    const std::uint64_t whole = std::uint64_t{28} + header.key_length + header.extension_length;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = header.file_bytes},
         .expected = header.key_length == 0 ? "at least the 12 bytes of the three lengths"
                                            : fmt::format("at least {} bytes", whole + 16),
         .actual = fmt::format("{} bytes", header.file_bytes)}
    ));
}

void wrong_modulus(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-02");
    if (diagnosis == nullptr) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = layout::key_length_offset},
         .expected = fmt::format("a wrapped key of {} bytes", *facts.key_modulus_bytes),
         .actual = fmt::format("{} bytes", facts.header->key_length)}
    ));
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
    broken.found(told(
        find_for_rule(facts.diagnoses, "ENV-04"),
        {.place = {.byte_offset = layout::iv_length_offset},
         .expected = fmt::format("{}", broken.bound()),
         .actual = fmt::format("{}", header.iv_length),
         .message = "the initialisation vector has another length"}
    ));
}

void hostile_lengths(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const EnvelopeHeader& header = *facts.header;
    const bool lengths_read = header.layout == Layout::current ||
                              header.layout == Layout::unreadable ||
                              (header.layout == Layout::cut && header.key_length != 0);
    if (!lengths_read) return;
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-05");
    const bool wrapped =
        header.known.content != Content::unknown && header.known.content != Content::envelope;
    if (!header.key_length_possible()) {
        broken.found(told(
            diagnosis,
            {.place = {.byte_offset = layout::key_length_offset},
             .expected = "the length of an RSA key in bytes: 256, 384 or 512",
             .actual = wrapped ? describe(header.known) : fmt::format("{}", header.key_length),
             .message = "no RSA key has this length"}
        ));
        return;
    }
    const std::uint32_t length = header.extension_length;
    if (length >= broken.bound(0) && length <= broken.bound(1)) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = layout::extension_length_offset},
         .expected = fmt::format("{} to {} bytes", broken.bound(0), broken.bound(1)),
         .actual = fmt::format("{}", length),
         .message = "the extension field has a length that no extension has"}
    ));
}

void extension_no_base64(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-06");
    if (diagnosis == nullptr) return;
    const EnvelopeHeader& header = *facts.header;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = extension_offset(header)},
         .expected = "base64 of a UTF-8 text, e.g. emlw for zip",
         .actual = std::string(platform::as_text(header.extension))}
    ));
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
    // Bytes that were made text have any length; the field before them has told it.
    const Diagnosis* const extension = find_for_rule(facts.diagnoses, "ENV-06");
    if (extension != nullptr && extension->failure == FailureClass::bytes_as_text) return;
    const auto body_bytes = static_cast<std::int64_t>(header.body_bytes);
    const std::int64_t block = broken.bound(0);
    if (body_bytes >= broken.bound(1) * block && body_bytes % block == 0) return;
    broken.found(told(
        find_for_rule(facts.diagnoses, "ENV-09"),
        {.place = {.byte_offset = header.body_offset},
         .expected = fmt::format("a positive multiple of {} bytes of ciphertext", block),
         .actual = fmt::format("{} bytes", header.body_bytes),
         .message = "the ciphertext has another length"}
    ));
}

void no_known_padding(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-10");
    if (diagnosis == nullptr) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = layout::prefix_bytes},
         .expected = "an AES key wrapped with RSA-OAEP SHA-512 for this key's certificate",
         .actual = "bytes that unwrap with no known padding"}
    ));
}

void other_padding(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-11");
    if (diagnosis == nullptr) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = layout::prefix_bytes},
         .expected = std::string(name_of(KeyWrap::oaep_sha512)),
         .actual = std::string(name_of(facts.opened->wrap))}
    ));
}

void wrong_key_length(const EnvelopeFacts& facts, const RuleReporter& broken) {
    if (facts.opened == nullptr || std::cmp_equal(facts.opened->key_bytes, broken.bound())) return;
    broken.found(told(
        find_for_rule(facts.diagnoses, "ENV-12"),
        {.place = {.byte_offset = layout::prefix_bytes},
         .expected = fmt::format("{} bytes", broken.bound()),
         .actual = fmt::format("{} bytes", facts.opened->key_bytes),
         .message = "the unwrapped key has another length"}
    ));
}

void broken_padding(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-13");
    if (diagnosis == nullptr) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = facts.header->file_bytes - layout::block_bytes},
         .expected = "a last block that ends in PKCS#7 padding",
         .actual = "other bytes"}
    ));
}

void no_zip_inside(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-14");
    if (diagnosis == nullptr) return;
    constexpr std::size_t signature_bytes = 4;
    const platform::Bytes beginning = facts.opened->beginning;
    const auto shown = beginning.first(std::min(signature_bytes, beginning.size()));
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = facts.header->body_offset},
         .expected = "plaintext that begins with 504b0304",
         .actual = platform::to_hex(shown)}
    ));
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
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-17");
    if (diagnosis == nullptr) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = layout::extension_length_offset},
         .expected = "three lengths: key, IV, extension",
         .actual = "two lengths: key, IV"}
    ));
}

void big_endian_lengths(const EnvelopeFacts& facts, const RuleReporter& broken) {
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-18");
    if (diagnosis == nullptr) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = layout::key_length_offset},
         .expected = "little-endian lengths, e.g. 00 01 00 00 for 256",
         .actual = "big-endian lengths"}
    ));
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
    const Diagnosis* const diagnosis = find_for_rule(facts.diagnoses, "ENV-20");
    if (diagnosis == nullptr) return;
    broken.found(told(
        diagnosis,
        {.place = {.byte_offset = 0},
         .expected = "an encrypted file",
         .actual = describe(facts.header->known)}
    ));
}

}  // namespace sfmkit::verifier::env
