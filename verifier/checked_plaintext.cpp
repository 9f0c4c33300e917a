#include "verifier/checked_plaintext.hpp"

#include "findings/judge.hpp"
#include "verifier/archive_judge.hpp"
#include "verifier/folder_reader.hpp"
#include "verifier/rules/env_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

using findings::Finding;
using platform::Errc;
using platform::Error;

/// What the finding means for somebody who only wants the plaintext.
struct Meaning {
    std::string_view rule;
    Errc code;
    std::string_view next;
};

constexpr std::string_view compare_transfer = "compare the file with the exporter's original";
constexpr std::string_view raw = "add --raw to write the decrypted bytes as they are";

constexpr std::array<Meaning, 17> meanings = {{
    {"ENV-20", Errc::malformed, "the file is plain already: use it as it is"},
    {"ENV-18", Errc::malformed, "write the lengths with the low byte first"},
    {"ENV-01", Errc::truncated, compare_transfer},
    {"ENV-05", Errc::malformed, "name an encrypted .dat, .pat or .rpt file"},
    {"ENV-04", Errc::malformed, "encrypt with AES-256 in CBC mode"},
    {"ENV-09", Errc::truncated, compare_transfer},
    {"ENV-02", Errc::wrong_key, "use the private key of the certificate it was sealed for"},
    {"ENV-10", Errc::wrong_key, "use the private key of the certificate it was sealed for"},
    {"ENV-12", Errc::malformed, "wrap the 32 raw bytes of an AES-256 key"},
    {"ENV-13", Errc::truncated, compare_transfer},
    {"ENV-14", Errc::malformed, raw},
    {"ENV-17", Errc::malformed, raw},
    {"ZIP-01", Errc::malformed, raw},
    {"ZIP-02", Errc::malformed, raw},
    {"ZIP-03", Errc::malformed, raw},
    {"ZIP-04", Errc::malformed, raw},
    {"ZIP-12", Errc::malformed, raw},
}};

/// The first finding that stands in the way, by the order of the table.
std::optional<Error> obstacle(const findings::Report& report, const std::string& path) {
    for (const Meaning& meaning : meanings) {
        const auto found = std::ranges::find(report.findings, meaning.rule, &Finding::rule);
        if (found == report.findings.end()) continue;
        std::string where = path;
        if (!found->place.entry.empty()) where += ": " + found->place.entry;
        if (found->place.byte_offset) where += fmt::format(", byte {}", *found->place.byte_offset);
        return Error{
            .code = meaning.code,
            .what = fmt::format("{} ({})", found->message, found->rule),
            .where = std::move(where),
            .expected = found->expected,
            .actual = found->actual,
            .next = std::string(meaning.next),
        };
    }
    return std::nullopt;
}

}  // namespace

platform::Result<CheckedPlaintext> open_checked(
    const VerifyWorld& world,
    const std::filesystem::path& path,
    const platform::PrivateKey& key,
    Release release
) {
    CheckedPlaintext result;
    auto file = world.files.open_for_reading(path);
    if (!file) return std::unexpected(file.error());
    result.file = std::move(*file);
    const auto header = read_envelope_header(*result.file);
    if (!header) return std::unexpected(header.error());

    EnvelopeFacts facts{.header = &*header, .kind = kind_of_file(path.filename().string())};
    facts.key_modulus_bytes = key.modulus_bytes();
    std::optional<OpenedEnvelope> opened;
    if (header->can_be_decrypted() && key.modulus_bytes() == header->key_length) {
        auto attempt = open_envelope(*result.file, *header, key, world.algorithms);
        if (attempt) {
            opened = std::move(*attempt);
            facts.opened = &*opened;
        } else if (attempt.error().code == Errc::wrong_key) {
            facts.no_padding_unwraps = true;
        } else {
            return std::unexpected(attempt.error());
        }
    }
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    judge.run(env_rules(), facts, "");
    const bool decrypted = opened && opened->plaintext;
    const bool archive = decrypted && opened->begins_like_zip();
    if (archive && release == Release::zip_only) {
        const VerifyOptions options;
        // As a report: the archive is read to its end and no document is judged.
        const auto reading = ArchiveJudge(options).read(*opened->plaintext, FileKind::report, "");
        if (!reading) return std::unexpected(reading.error());
        judge_archive(judge, options.rules, *reading, {.now = world.clock.wall_now()}, "");
    }
    if (!decrypted || release == Release::zip_only) {
        if (auto error = obstacle(report, path.string())) return platform::fail(std::move(*error));
    }
    result.plaintext = std::move(opened->plaintext);
    result.remarks = std::move(report.findings);
    return result;
}

}  // namespace sfmkit::verifier
