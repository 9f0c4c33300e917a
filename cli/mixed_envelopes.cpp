#include "cli/mixed_envelopes.hpp"

#include "mockserver/evidence/evidence_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

namespace sfmkit::cli {
namespace {

/// What a file looks like whose end was encrypted with another key than its beginning: the wrapped
/// key is damaged, the padding or the end of the archive is not there, an entry is broken.
constexpr std::array<std::string_view, 6> signs = {
    "ENV-10", "ENV-13", "ENV-14", "ZIP-01", "ZIP-02", "ZIP-04"
};

constexpr std::size_t most_shown = 5;

}  // namespace

std::optional<findings::Finding> find_mixed_envelopes(
    const findings::Report& report,
    const std::vector<std::uint64_t>& resumed_at,
    const std::string& file
) {
    const auto sign = std::ranges::find_if(report.findings, [](const findings::Finding& finding) {
        return std::ranges::find(signs, finding.rule) != signs.end();
    });
    if (sign == report.findings.end() || resumed_at.empty()) return std::nullopt;
    const std::vector<std::uint64_t> shown(
        resumed_at.begin(),
        resumed_at.begin() + static_cast<std::ptrdiff_t>(std::min(most_shown, resumed_at.size()))
    );
    findings::Finding finding;
    finding.rule = "SFM-18";
    finding.severity = findings::Severity::error;
    finding.file = file;
    finding.place.byte_offset = resumed_at.back();
    finding.expected = "one envelope from the first byte to the last";
    finding.actual = fmt::format(
        "a file that cannot be read to its end ({}), continued at byte {}",
        sign->rule,
        fmt::join(shown, ", ")
    );
    finding.message = "probably the file was encrypted anew when its upload was continued";
    finding.likely_cause =
        "the exporter encrypts at the start of each upload: every time with a "
        "new key and initialisation vector";
    finding.next = "keep the encrypted file until its upload is finished, and go on with its bytes";
    return finding;
}

ResumedAt resumed_in(const std::string& data_dir) {
    return [data_dir](const std::string& upload_id) {
        std::vector<std::uint64_t> offsets;
        auto reader = mockserver::EvidenceReader::open(data_dir);
        if (!reader) return offsets;
        const auto asked = reader->requests({.upload = upload_id, .most = 100'000});
        if (!asked) return offsets;
        std::set<std::uint64_t> told;
        std::set<std::uint64_t> continued;
        for (const auto& row : *asked) {
            const auto& request = row.request;
            const std::uint64_t before = request.offset_before.value_or(0);
            if (request.method == "HEAD" && request.status < 300 && before > 0) told.insert(before);
            const bool data = request.method == "PATCH" && request.offset_after > before;
            if (data && told.contains(before)) continued.insert(before);
        }
        offsets.assign(continued.begin(), continued.end());
        return offsets;
    };
}

}  // namespace sfmkit::cli
