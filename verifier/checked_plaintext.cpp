#include "verifier/checked_plaintext.hpp"

#include "findings/judge.hpp"
#include "verifier/archive_judge.hpp"
#include "verifier/examined_envelope.hpp"
#include "verifier/rules/env_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

using findings::Finding;
using platform::Errc;
using platform::Error;

/// Rules of the archive that decide whether its content can be told good from bad.
constexpr std::array<std::string_view, 5> archive_rules = {
    "ZIP-01",
    "ZIP-02",
    "ZIP-03",
    "ZIP-04",
    "ZIP-12",
};

/// The first finding about the archive that stands in the way, by the order of the table.
std::optional<Error> archive_obstacle(const findings::Report& report, const std::string& path) {
    for (const std::string_view rule : archive_rules) {
        const auto found = std::ranges::find(report.findings, rule, &Finding::rule);
        if (found == report.findings.end()) continue;
        std::string where = path;
        if (!found->place.entry.empty()) where += ": " + found->place.entry;
        if (found->place.byte_offset) where += fmt::format(", byte {}", *found->place.byte_offset);
        return Error{
            .code = Errc::malformed,
            .what = fmt::format("{} ({})", found->message, found->rule),
            .where = std::move(where),
            .expected = found->expected,
            .actual = found->actual,
            .next = "add --raw to write the decrypted bytes as they are",
        };
    }
    return std::nullopt;
}

/// What must hold, in the words of the rule.
std::string expectation_of(std::string_view rule) {
    for (const auto& checked : env_rules()) {
        if (checked.row.id == rule) return std::string(checked.row.title);
    }
    return {};
}

Errc code_of(FailureClass failure) {
    using enum FailureClass;
    constexpr std::array cut = {empty_file, cut_header, broken_blocks, missing_last_block};
    constexpr std::array other_key = {other_modulus, wrong_recipient};
    if (std::ranges::find(cut, failure) != cut.end()) return Errc::truncated;
    if (std::ranges::find(other_key, failure) != other_key.end()) return Errc::wrong_key;
    return Errc::malformed;
}

bool stands_in_the_way(const Diagnosis& diagnosis, Release release, Tolerance tolerance) {
    switch (diagnosis.row().weight) {
        case Weight::remark:
            return false;
        case Weight::tolerable:
            return tolerance == Tolerance::refuse;
        case Weight::no_archive:
            return release == Release::zip_only;
        case Weight::stops:
            return true;
    }
    return true;
}

/// Looks at the archive as at a report: it is read to its end and no document is judged.
platform::Result<std::optional<Error>> check_archive(
    const VerifyWorld& world, const DecryptingFile& plaintext, const std::string& path
) {
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    const VerifyOptions options;
    const auto reading = ArchiveJudge(options, {}, "").read(plaintext, FileKind::report);
    if (!reading) return std::unexpected(reading.error());
    judge_archive(judge, options.rules, *reading, {.now = world.clock.wall_now()}, "");
    return archive_obstacle(report, path);
}

}  // namespace

Error error_of(const Diagnosis& diagnosis, const std::string& path) {
    Error error = {
        .code = code_of(diagnosis.failure),
        .what = fmt::format("{} ({})", diagnosis.summary, diagnosis.rule),
        .where = path,
        .expected = expectation_of(diagnosis.rule),
        .next = std::string(diagnosis.row().next),
    };
    for (const std::string& proof : diagnosis.proved) error.details.emplace_back("proved", proof);
    for (const LikelyCause& cause : diagnosis.row().likely) {
        const std::string platform(cause.platform);
        error.details.emplace_back(
            "likely", (platform.empty() ? "" : platform + ": ") + std::string(cause.text)
        );
    }
    return error;
}

platform::Result<CheckedPlaintext> open_checked(
    const VerifyWorld& world,
    const std::filesystem::path& path,
    const platform::PrivateKey& key,
    Release release,
    Tolerance tolerance
) {
    CheckedPlaintext result;
    auto file = world.files.open_for_reading(path);
    if (!file) return std::unexpected(file.error());
    result.file = std::move(*file);
    auto examined = examine(*result.file, &key, world.algorithms, LegacyLayout::decrypt);
    if (!examined) return std::unexpected(examined.error());
    for (Diagnosis& diagnosis : examined->diagnoses) {
        if (stands_in_the_way(diagnosis, release, tolerance)) {
            return platform::fail(error_of(diagnosis, path.string()));
        }
        result.remarks.push_back(std::move(diagnosis));
    }
    result.plaintext = std::move(examined->opened->plaintext);
    if (release == Release::raw) return result;
    const auto obstacle = check_archive(world, *result.plaintext, path.string());
    if (!obstacle) return std::unexpected(obstacle.error());
    if (*obstacle) return platform::fail(**obstacle);
    return result;
}

}  // namespace sfmkit::verifier
