#include "verifier/export_path.hpp"
#include "verifier/rules/org_checks.hpp"
#include "verifier/rules/org_parts.hpp"
#include "wire/sfm_names.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace sfmkit::verifier::org {
namespace {

namespace sfm = wire::sfm;

/// Folder and stem in small letters with a slash between: the reference says `.xps` where the file
/// on disk says `.rpt`.
std::string report_name(std::string_view path) {
    std::string name = in_lower_case(path);
    std::ranges::replace(name, '\\', '/');
    const ExportPath parts = take_apart(name);
    name.resize(name.size() - parts.extension.size());
    return name;
}

std::string stem_of(std::string_view name) {
    return std::string(name.substr(name.rfind('/') + 1));
}

/// The report files in folders of reports, by their report_name.
using ReportFiles = std::map<std::string, const FolderFacts::File*>;

ReportFiles report_files_of(const FolderFacts& folder) {
    ReportFiles files;
    for (const FolderFacts::File& file : folder.files) {
        const bool is_report =
            file.kind == platform::FileKind::regular && report_folder_of(file.path) &&
            same_without_case(take_apart(file.path).extension, sfm::report_extension);
        if (is_report) files.emplace(report_name(file.path), &file);
    }
    return files;
}

/// Tells the elements that name a patient whose file the listing does not have.
void tell_absent_patients(
    const ContentFacts& facts,
    const RuleReporter& broken,
    std::string_view record,
    std::string_view message
) {
    if (facts.folder == nullptr) return;
    const auto named = elements_below(facts, record, "PasientId");
    if (named.empty()) return;
    std::unordered_set<std::string> patients;
    for (const FolderFacts::File& file : facts.folder->files) {
        const ExportPath path = take_apart(file.path);
        if (!same_without_case(path.extension, sfm::patient_extension)) continue;
        // Named otherwise, which DIR-07 tells: nobody can say whose file it is.
        if (!sfm::is_guid(path.stem)) return;
        patients.insert(in_lower_case(path.stem));
    }
    // None were exported, which DIR-16 tells once.
    if (patients.empty()) return;
    for (const Element& patient : named) {
        if (patient.text().empty() || patients.contains(lower_case(patient.text()))) continue;
        tell(
            facts,
            broken,
            patient,
            {.expected = "the name of a patient file, without folder and extension",
             .actual = shown_text(patient),
             .message = std::string(message)}
        );
    }
}

}  // namespace

void report_without_file(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.folder == nullptr) return;
    const auto named = elements_below(facts, "Rapport", "RapportFil");
    if (named.empty()) return;
    const auto files = report_files_of(*facts.folder);
    std::unordered_map<std::string, std::string_view> by_stem;
    for (const auto& [name, one] : files) by_stem.emplace(stem_of(name), one->path);
    for (const Element& file : named) {
        const std::string name = report_name(file.text());
        if (name.empty() || files.contains(name)) continue;
        const auto elsewhere = by_stem.find(stem_of(name));
        std::string message = "RapportFil names no report file of the export";
        if (elsewhere != by_stem.end()) {
            message += "; " + std::string(elsewhere->second) + " has this name";
        }
        tell(
            facts,
            broken,
            file,
            {.expected = "Reports<N>\\<guid>.xps, where Reports<N>/<guid>.rpt lies in the export",
             .actual = file.text().empty() ? "empty" : shown_text(file),
             .message = std::move(message)}
        );
    }
}

void file_without_one_report(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.folder == nullptr || facts.is_patient()) return;
    const auto files = report_files_of(*facts.folder);
    std::unordered_set<std::string> named;
    std::unordered_set<std::string> meant;  // by name, though the folder is another
    for (const Element& file : elements_below(facts, "Rapport", "RapportFil")) {
        const std::string name = report_name(file.text());
        meant.insert(stem_of(name));
        if (!files.contains(name) || named.insert(name).second) continue;
        tell(
            facts,
            broken,
            file,
            {.expected = "a report file of its own",
             .actual = shown_text(file),
             .message = "an earlier Rapport names the same file"}
        );
    }
    for (const auto& [name, one] : files) {
        // A wrong folder is told at the Rapport that means the file, an empty file as such.
        if (meant.contains(stem_of(name)) || one->size_bytes == 0) continue;
        broken.found(
            {.expected = "a Rapport in ExportData.xml that names the file",
             .actual = "none",
             .message = "no Rapport names this report: it has no title, author and patient",
             .file = one->path}
        );
    }
}

void reports_without_own_id(const ContentFacts& facts, const RuleReporter& broken) {
    const auto ids = elements_below(facts, "Rapport", "Id");
    tell_repeated(facts, broken, ids, "an earlier Rapport has the same Id");
    std::unordered_set<std::string> known;
    for (const Element& id : ids) {
        const std::string name = report_name(id.parent().child("RapportFil").text());
        const bool is_told = !known.insert(lower_case(id.text())).second || id.text().empty();
        if (is_told || name.empty() || stem_of(name) == lower_case(id.text())) continue;
        tell(
            facts,
            broken,
            id,
            {.expected = "the name of the report file",
             .actual = shown_text(id),
             .message = "the Id of the report is another than the name of its file",
             .severity = findings::Severity::info}
        );
    }
}

void report_of_absent_patient(const ContentFacts& facts, const RuleReporter& broken) {
    tell_absent_patients(facts, broken, "Rapport", "the patient of the report has no file here");
}

void inbox_of_absent_patient(const ContentFacts& facts, const RuleReporter& broken) {
    tell_absent_patients(facts, broken, "Melding", "the patient of the message has no file here");
}

}  // namespace sfmkit::verifier::org
